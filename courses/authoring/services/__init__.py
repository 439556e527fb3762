"""Writing courses as a whole. Import from here."""

from courses.authoring.services.copying import copy_course, copy_lesson, copy_module
from courses.authoring.services.ordering import OrderChangedError, order_course
from courses.authoring.services.publishing import is_withdrawn, list_drafts, publish_course
from courses.authoring.services.releasing import Outcome

__all__ = [
    "OrderChangedError",
    "Outcome",
    "copy_course",
    "copy_lesson",
    "copy_module",
    "is_withdrawn",
    "list_drafts",
    "order_course",
    "publish_course",
]
