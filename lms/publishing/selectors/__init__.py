"""Reading what leaves the plan."""
