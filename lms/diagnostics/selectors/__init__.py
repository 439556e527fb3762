"""What screens and files show. Import from the topic files."""
