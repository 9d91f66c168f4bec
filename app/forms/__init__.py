"""What a browser may send, one file per noun. No HTTP here."""
