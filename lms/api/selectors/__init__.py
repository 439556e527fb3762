"""What the API reads, a page at a time."""
