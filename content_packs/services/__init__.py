"""Installing and exporting packs. Import from the topic files."""
