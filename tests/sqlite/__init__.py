"""What is different on SQLite: one file, one writer at a time. Run by a suite of its own."""
