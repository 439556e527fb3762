"""``statements_stored``: sent after each batch, in its transaction, with ``statements`` (``Stored``)."""

from django.dispatch import Signal

statements_stored = Signal()
