"""What a clock starts."""
