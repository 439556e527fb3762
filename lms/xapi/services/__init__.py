"""All writes to the record."""
