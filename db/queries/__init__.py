"""Every SELECT has a name and lives here, one file per noun."""
