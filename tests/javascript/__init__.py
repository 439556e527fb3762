"""A program that is not ours speaks to the record."""
