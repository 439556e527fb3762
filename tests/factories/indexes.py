"""Making pages without filling Wagtail's indexes."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models.signals import post_save
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.signal_handlers import disable_reference_index_auto_update


@contextmanager
def unindexed() -> Iterator[None]:
    """What is saved meanwhile is not found in the editor's search, nor are its uses counted.

    No test of ours looks there for what a factory made, and both take longer than the pages themselves.
    """
    models = list(get_indexed_models())
    for model in models:
        post_save.disconnect(post_save_signal_handler, sender=model)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        for model in models:
            post_save.connect(post_save_signal_handler, sender=model)
