"""Screens of the editor for a course as a whole."""
