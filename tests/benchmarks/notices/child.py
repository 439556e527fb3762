"""One database of so many people, filled, planned and sent. Called by ``__main__``."""

import resource
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from lms.notices.mail_settings import read_mail_settings  # noqa: E402
from lms.notices.models import Notice  # noqa: E402
from lms.notices.sending import send_waiting  # noqa: E402
from lms.notices.services.planning import plan_training_notices  # noqa: E402
from lms.people.models import Estamento, Institution, LegalQuality, Person, Posting, Unit  # noqa: E402
from lms.progress.models import AssignedTraining, TrainingRequirement  # noqa: E402
from lms.progress.rules.timeline import Standing  # noqa: E402

AT = datetime(2027, 3, 8, 15, 0, tzinfo=UTC)  # a Monday at noon in Santiago
DUE = date(2027, 4, 7)
ROWS = 1000
ASSIGNED = DUE - timedelta(days=120)


def fill(people: int) -> None:
    """Everybody in one institution, asked long ago, due on one day; two segments each."""
    place = Institution.objects.create(code="ZZ1", name="Servicio de ejemplo")
    unit = Unit.objects.create(institution=place, code="U", name="Unidad")
    asked = TrainingRequirement.objects.create(owner=place, title="Integridad", status="live", created_at=AT)
    written = AT - timedelta(days=90)
    seat = {"institution": place, "unit": unit, "estamento": Estamento.PROFESIONALES}
    seat["legal_quality"] = LegalQuality.PLANTA
    common = {"requirement": asked, "assigned_on": ASSIGNED, "due_on": DUE, "written_at": written, **seat}
    for start in range(0, people, ROWS):
        rows = Person.objects.bulk_create(
            Person(given_names="Ana", family_names=f"{n}", email=f"p{n}@servicio.example", created_at=AT)
            for n in range(start, min(start + ROWS, people))
        )
        Posting.objects.bulk_create(
            Posting(person=row, valid_from=ASSIGNED, region="CL-RM", **seat) for row in rows
        )
        AssignedTraining.objects.bulk_create(
            AssignedTraining(person=row, standing=standing, first_day=first, last_day=last, **common)
            for row in rows
            for standing, first, last in (
                (Standing.NOT_STARTED, ASSIGNED, DUE),
                (Standing.LATE, DUE + timedelta(days=1), DUE + timedelta(days=4000)),
            )
        )


def report(name: str, begun: float, rows: int) -> None:
    """One line; ``rows`` written or sent."""
    seconds = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(f"  {name:38} {seconds:8.1f} s {rows:10d} filas {memory:6d} MB\n")
    sys.stdout.flush()


def later(minutes: int) -> datetime:
    return AT + timedelta(minutes=minutes)


def main(people: int, most: int) -> None:
    call_command("migrate", stdout=StringIO())
    begun = time.perf_counter()
    fill(people)
    report("Crear las personas (no cuenta)", begun, people)
    mail = replace(read_mail_settings(), per_minute=most)
    for name, minutes in (("Planificar: primera pasada", 0), ("Planificar: una hora después", 60)):
        begun = time.perf_counter()
        planned = plan_training_notices(at=later(minutes), calendar=mail.calendar).planned
        report(name, begun, planned)
    begun = time.perf_counter()
    sent = send_waiting(at=later(61), mail=mail)
    report("Enviar", begun, sent.accepted)
    assert Notice.objects.count() == people


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
