#!/usr/bin/env python
"""Django's command line for Aula Abierta."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.dev")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as error:
        raise SystemExit(
            "No encuentro Django. Ejecuta «make demo» o «make setup» para instalar lo necesario."
        ) from error
    execute_from_command_line(sys.argv)
