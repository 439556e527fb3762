"""That a requirement is met with another course that it accepts: in words, the same for everybody."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from courses.models import Course
from lms.progress.models import Completion
from lms.progress.rules.accepted import find_accepted
from lms.progress.rules.dates import FOREVER
from lms.progress.rules.timeline import MET
from lms.progress.rules.validity import Done
from lms.progress.selectors.record import AskedTraining


def read_accepted(
    *, asked: Iterable[AskedTraining], completions: Sequence[Completion], day: date
) -> dict[int, str]:
    """The sentence of each met requirement that another course meets, by its id. At most one query."""
    dones = [Done(c.course_id, c.completed_on, c.valid_until or FOREVER) for c in completions if c.counts]
    found = {
        one.requirement.pk: find_accepted(spec=one.spec, completions=dones, day=day)
        for one in asked
        if one.standing in MET
    }
    wanted = {course_id for course_id in found.values() if course_id}
    titles = dict(Course.objects.filter(pk__in=wanted).values_list("pk", "title")) if wanted else {}
    return {
        pk: _("Se cumple con otro curso que se acepta: «%(title)s».") % {"title": titles[course_id]}
        for pk, course_id in found.items()
        if course_id
    }
