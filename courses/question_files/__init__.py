"""Screens of the editor by which questions come in from files and go out into them."""
