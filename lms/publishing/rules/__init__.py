"""Decisions about what leaves the plan. Pure Python."""
