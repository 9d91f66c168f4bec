"""Our thin layer over Litestar: the only part that knows HTTP headers."""
