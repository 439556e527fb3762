"""``statements_stored``: sent after each batch, in its transaction, with ``statements`` (rows)."""

from django.dispatch import Signal

statements_stored = Signal()
