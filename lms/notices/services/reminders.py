"""HR, or a team lead, reminds chosen people of a training."""

from collections.abc import Collection
from datetime import date, datetime

from lms.lib.clock import local_date
from lms.lib.words import clean_text
from lms.notices.models import Notice, Reminder
from lms.notices.rules.hours import Calendar
from lms.notices.rules.kinds import Kind
from lms.notices.rules.notes import NoteProblem, find_note_problem
from lms.notices.selectors.recipients import segments_of_today
from lms.notices.services.storing import store_notices
from lms.people.models import User
from lms.progress.models import AssignedTraining, TrainingRequirement


class NoteError(Exception):
    """The words cannot be sent as they are; ``problem`` says why."""

    def __init__(self, problem: NoteProblem) -> None:
        super().__init__(problem)
        self.problem = problem


def send_reminder(
    *,
    requirement: TrainingRequirement,
    person_ids: Collection[int],
    text: str,
    sender: User | None,
    site_url: str,
    calendar: Calendar,
    at: datetime,
) -> int:
    """Put down a reminder to each of these people of whom the training is asked; to how many.

    At most one per person, requirement and day, whoever sends it. It goes out like every notice:
    in working hours, and only if it is still needed then. Parts of 900 people are kept one by one.

    Raises:
        NoteError: the words are too long, or lead to another site.
    """
    note = clean_text(text)
    problem = find_note_problem(note=note, site_url=site_url)
    if problem:
        raise NoteError(problem)
    rows = segments_of_today(requirement_id=requirement.pk, person_ids=person_ids, at=at)
    if not rows:
        return 0
    reminder = Reminder.objects.create(requirement=requirement, text=note, sent_by=sender, created_at=at)
    notices = [_notice(reminder, row, local_date(at)) for row in rows]
    store_notices(notices=notices, at=at, calendar=calendar)
    return reminder.notices.count()


def _notice(reminder: Reminder, row: AssignedTraining, day: date) -> Notice:
    return Notice(
        person_id=row.person_id,
        kind=Kind.MANUAL.value,
        requirement_id=row.requirement_id,
        key=day,
        institution_id=row.institution_id,
        unit_id=row.unit_id,
        topic=f"reminder-{reminder.pk}",
        reminder=reminder,
    )
