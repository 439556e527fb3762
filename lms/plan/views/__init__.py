"""Screens and files of the plan, public, of those responsible or of its team, by topic."""
