"""Screens of the classroom."""
