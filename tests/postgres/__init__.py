"""What only PostgreSQL does: months, and several writers at once. Run by a suite of its own."""
