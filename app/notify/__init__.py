"""Who is told when something happened. Imported as `tell`."""
