"""How fast the record is, and how large: ``make bench ARGS=lrs``."""
