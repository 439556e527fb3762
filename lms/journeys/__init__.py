"""What touches more than one app: one file per journey, one transaction, its errors beside it."""
