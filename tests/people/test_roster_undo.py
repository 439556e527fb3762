"""Taking a roster back: everything as it was, but what somebody has changed or built upon since."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from lms.journeys import import_roster as journey
from lms.people.models import (
    Institution,
    Leave,
    Person,
    Posting,
    RosterChunk,
    RosterImport,
    RosterStatus,
    Unit,
)
from lms.people.selectors.rosters import can_be_undone, list_kept_people
from lms.people.services import rosters
from lms.people.services.roster_errors import RosterNotUndoableError
from tests.factories.people import InstitutionFactory, PersonFactory, PostingFactory, UserFactory, make_run
from tests.people.rosters import (
    DAY,
    EARLIER,
    HEADER,
    TERMS,
    apply_roster,
    line,
    load_roster,
    read_roster,
    records,
)

pytestmark = pytest.mark.django_db

FULL_HEADER = (
    *HEADER,
    "Grado",
    "Cargo",
    "Región",
    "Código unidad superior",
    "Ausente desde",
    "Ausente hasta",
)
Load = Callable[..., RosterImport]


@pytest.fixture
def institution() -> Institution:
    return InstitutionFactory()


@pytest.fixture
def load(institution: Institution, at: datetime) -> Load:
    """Reads and applies lines as a roster of ``institution``."""

    def load_lines(lines: list[list[object]], *, day: date = DAY) -> RosterImport:
        width = len(lines[0]) if lines else 0
        header = FULL_HEADER if width > len(HEADER) else HEADER
        roster = read_roster(institution, lines, at=at, day=day, header=header)
        apply_roster(roster, at=at, confirm_ended=True)
        assert roster.status == RosterStatus.APPLIED
        return roster

    return load_lines


def undo(roster: RosterImport, at: datetime) -> None:
    journey.undo_roster(roster=roster, terms=TERMS, at=at)
    assert roster.status == RosterStatus.UNDONE


def full(number: int, **values: object) -> list[object]:
    more = {"grado": "5", "cargo": "Analista", "region": "XVI", "superior": "", "desde": "", "hasta": ""}
    extra = {key.removeprefix("x_"): value for key, value in values.items() if key.startswith("x_")}
    rest = {key: value for key, value in values.items() if not key.startswith("x_")}
    return [*line(number, **rest), *(more | extra).values()]


def test_every_row_comes_back_byte_for_byte(load: Load, at: datetime) -> None:
    load([full(n, x_desde="01-05-2026" if n == 3 else "") for n in range(12)], day=EARLIER)
    before = records()
    changed = [
        full(1, apellidos="Otra", correo="otra@servicio.example"),
        full(2, unidad="Compras", x_superior="finanzas"),
        full(3),
        full(4, x_desde="01-10-2026", x_hasta="01-12-2026"),
        full(5, x_grado="9", x_region="RM"),
        full(6, hasta="31-12-2026"),
        *(full(n) for n in range(7, 10)),
        full(50),
    ]

    undo(load(changed), at)

    assert records() == before


def test_undoing_the_first_roster_leaves_nobody_and_no_unit(load: Load, at: datetime) -> None:
    undo(load([full(n, x_superior="GABINETE") for n in range(5)]), at)

    assert not Person.objects.exists() and not Posting.objects.exists() and not Unit.objects.exists()


def test_created_people_with_an_account_stay_without_a_posting(load: Load, at: datetime) -> None:
    roster = load([line(1), line(2)])
    Person.objects.filter(family_names="Peña 1").update(user=UserFactory())

    undo(roster, at)

    person = Person.objects.get()
    assert (person.family_names, person.postings.count()) == ("Peña 1", 0)


def test_created_people_whom_another_table_knows_stay_without_a_posting(load: Load, at: datetime) -> None:
    roster = load([line(1), line(2)])
    elsewhere = PostingFactory(person=Person.objects.get(family_names="Peña 2"))

    undo(roster, at)

    assert list(Person.objects.get().postings.all()) == [elsewhere]


def test_a_unit_that_is_used_since_stays(load: Load, institution: Institution, at: datetime) -> None:
    roster = load([line(1)])
    PostingFactory(institution=institution, unit=Unit.objects.get())

    undo(roster, at)

    assert Unit.objects.filter(institution=institution).count() == 1


@pytest.mark.parametrize(
    "edit",
    [
        lambda person: person.postings.update(estamento="tecnicos"),
        lambda person: person.postings.filter(valid_until=None).update(valid_until=date(2026, 12, 1)),
        lambda person: Posting.objects.filter(person=person).delete(),
        lambda person: person.leaves.create(
            institution=person.postings.first().institution, first_day=date(2026, 11, 5)
        ),
    ],
)
def test_whoever_was_changed_afterwards_is_left_alone_and_listed(
    load: Load, at: datetime, edit: Callable[[Person], object]
) -> None:
    load([line(n) for n in range(5)], day=EARLIER)
    roster = load([line(n, unidad="Compras") for n in range(5)])
    edit(Person.objects.get(family_names="Peña 2"))
    edited = list(Posting.objects.filter(person__family_names="Peña 2").order_by("pk").values())

    undo(roster, at)

    count, people = list_kept_people(roster=roster, limit=10)
    assert (count, [person.family_names for person in people]) == (1, ["Peña 2"])
    assert list(Posting.objects.filter(person__family_names="Peña 2").order_by("pk").values()) == edited
    others = Posting.objects.exclude(person__family_names="Peña 2")
    assert {posting.unit.name for posting in others} == {"Finanzas"}


def test_a_name_corrected_afterwards_stays_while_the_job_comes_back(load: Load, at: datetime) -> None:
    load([line(1)], day=EARLIER)
    roster = load([line(1, apellidos="Otra", unidad="Compras")])
    Person.objects.update(family_names="Peña Soto")

    undo(roster, at)

    assert Person.objects.get().family_names == "Peña Soto"
    assert Posting.objects.get().unit.name == "Finanzas"


def test_a_merged_person_is_left_alone(load: Load, institution: Institution, at: datetime) -> None:
    roster = load([line(1)])
    kept = PersonFactory()
    Posting.objects.update(person=kept)
    Person.objects.filter(family_names="Peña 1").update(merged_into=kept, run_fingerprint=None)

    undo(roster, at)

    assert kept.postings.count() == 1


def test_a_removed_leave_comes_back_under_its_own_id(load: Load, at: datetime) -> None:
    load([full(1, x_desde=f"{DAY:%d-%m-%Y}")])
    leave = Leave.objects.get()
    roster = load([full(1)])
    assert not Leave.objects.exists()

    undo(roster, at)

    assert Leave.objects.values().get() == Leave.objects.model.objects.values().get(pk=leave.pk)


def test_who_ended_is_there_again(load: Load, at: datetime) -> None:
    load([line(n) for n in range(5)], day=EARLIER)

    undo(load([line(1)]), at)

    assert Posting.objects.valid_on(DAY).count() == 5


def test_undone_postings_are_told_to_whoever_depends_on_them(
    load: Load, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    load([line(n) for n in range(5)], day=EARLIER)
    roster = load([line(n, unidad="Compras" if n == 3 else "Finanzas") for n in range(1, 5)])
    told: list[int] = []
    monkeypatch.setattr(journey, "follow_people", lambda *, person_ids, at: told.extend(person_ids))

    undo(roster, at)

    names = Person.objects.filter(pk__in=told).values_list("family_names", flat=True)
    assert sorted(names) == ["Peña 0", "Peña 3"]


def test_after_undoing_the_same_roster_can_be_loaded_again(load: Load, at: datetime) -> None:
    lines = [line(n) for n in range(5)]
    undo(load(lines), at)

    assert load(lines, day=EARLIER).counts["new"] == 5


# --- Until when ----------------------------------------------------------------------------------
def test_it_can_be_undone_for_thirty_days(load: Load, at: datetime) -> None:
    roster = load([line(1)])

    assert can_be_undone(roster=roster, at=at + timedelta(days=29))
    assert not can_be_undone(roster=roster, at=at + timedelta(days=30))


def test_the_next_roster_ends_it(load: Load, institution: Institution, at: datetime) -> None:
    first = load([line(1)])
    second = read_roster(institution, [line(1), line(2)], at=at)
    apply_roster(second, at=at + timedelta(hours=1))

    with pytest.raises(RosterNotUndoableError):
        journey.undo_roster(roster=first, terms=TERMS, at=at + timedelta(hours=2))

    assert not first.chunks.exists()


def test_a_preview_does_not_end_it(load: Load, institution: Institution, at: datetime) -> None:
    roster = load([line(1)])
    read_roster(institution, [line(2)], at=at + timedelta(hours=1))

    assert can_be_undone(roster=roster, at=at + timedelta(hours=2))


def test_a_roster_of_another_institution_does_not_end_it(load: Load, at: datetime) -> None:
    roster = load([line(1)])
    load_roster(InstitutionFactory(), [line(2)], at=at + timedelta(hours=1))

    assert can_be_undone(roster=roster, at=at + timedelta(hours=2))


def test_it_cannot_be_undone_twice(load: Load, at: datetime) -> None:
    roster = load([line(1)])
    undo(roster, at)

    with pytest.raises(RosterNotUndoableError):
        journey.undo_roster(roster=roster, terms=TERMS, at=at)


def test_a_preview_outdated_by_undoing_is_counted_again(
    load: Load, institution: Institution, at: datetime
) -> None:
    roster = load([line(1)])
    preview = read_roster(institution, [line(1)], at=at)
    undo(roster, at)

    counts = apply_roster(preview, at=at)

    assert (preview.status, counts.new) == (RosterStatus.PREVIEW, 1)


def test_what_undoing_needs_is_erased_after_thirty_days(load: Load, at: datetime) -> None:
    load([line(1)])

    assert rosters.forget_undone(at=at + timedelta(days=29)) == 0
    assert rosters.forget_undone(at=at + timedelta(days=31)) == 1
    assert not RosterChunk.objects.exists()


def test_two_institutions_that_create_one_person_undo_only_their_own_posting(
    load: Load, at: datetime
) -> None:
    roster = load([line(1)])
    load_roster(InstitutionFactory(), [line(1)], at=at)

    undo(roster, at)

    assert Person.objects.get(run_masked__contains="01-").postings.count() == 1
    assert make_run(11_000_001)
