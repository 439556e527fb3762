"""How fast the record is, and how large: ``make bench-lrs``."""
