"""HTTP: ask, act, show."""
