"""A person's own notices, told on the platform whether or not an e-mail went out."""

from datetime import datetime

from django.db.models import QuerySet

from lms.notices.models import Notice
from lms.notices.selectors.answers import ANSWER, WORDS
from lms.notices.selectors.feedback import JOINS, UNREAD
from lms.notices.selectors.slot_letters import SLOT, SLOT_WORDS


def list_own_notices(*, person_id: int, at: datetime) -> QuerySet[Notice]:
    """What the platform has to tell, latest first. One query when read."""
    rows = Notice.objects.shown_to_the_person(at).filter(person_id=person_id)
    rows = rows.select_related("requirement", "reminder", "institution", ANSWER, SLOT, *JOINS)
    rows = rows.defer(*WORDS, *SLOT_WORDS, *UNREAD)
    return rows.order_by("-not_before", "-pk")
