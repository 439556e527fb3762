"""Screens under ``/docencia/``."""
