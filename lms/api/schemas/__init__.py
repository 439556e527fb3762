"""What the API answers, as its description tells it. Import from the topic files."""
