"""What is asked of a person today, in the words that the person reads: for those who answer for it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from lms.people.models import Posting
from lms.progress.accepted_words import read_accepted
from lms.progress.selectors.record import CompletionLine, list_asked_training
from lms.progress.standing_tags import notice_of
from lms.progress.why_words import Told, tell_asked
from lms.ui.components import Notice


@dataclass(frozen=True)
class AskedOfPerson:
    """One requirement. ``accepted``: that another course counts in its place, or empty."""

    title: str
    notice: Notice
    told: Told
    accepted: str


def list_asked_of(
    *, person_id: int, postings: Collection[Posting], completions: Collection[CompletionLine], day: date
) -> list[AskedOfPerson]:
    """What is asked in these postings on ``day``. At most four queries.

    ``completions``: those of the person that may be shown; nothing else is told of them.
    """
    places = {(posting.institution_id, posting.unit_id) for posting in postings}
    asked = [
        one
        for one in list_asked_training(person_id=person_id, day=day)
        if one.today and (one.today.institution_id, one.today.unit_id) in places
    ]
    accepted = read_accepted(asked=asked, completions=[line.completion for line in completions], day=day)
    return [
        AskedOfPerson(
            title=one.requirement.title,
            notice=notice_of(standing=one.today.standing),
            told=tell_asked(asked=one, day=day),
            accepted=accepted.get(one.requirement.pk, ""),
        )
        for one in asked
        if one.today
    ]
