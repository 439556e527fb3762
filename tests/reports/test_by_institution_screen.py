"""A ministry and its services: one row for each institution, nobody named, small groups hidden."""

import csv
import io
from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import Course
from lms.people.models import AccessLogEntry, Institution
from lms.progress.models import TrainingRequirement
from lms.progress.selectors.standing_history import standings_before, standings_by_institution
from lms.progress.selectors.standings import add_up
from lms.progress.services.applying import apply_requirement
from lms.progress.services.assigned import follow_people
from lms.progress.services.tallying import list_places, settle_place
from lms.reports.compliance.selectors_ministry import compare_institutions
from tests.factories.people import InstitutionFactory, PostingFactory
from tests.factories.requirements import make_requirement, make_spec
from tests.personas import client_for
from tests.queries import count_page_queries, read_page
from tests.reports.trained import DUE, START, Trained, auditor, lead_of

pytestmark = pytest.mark.usefixtures("fixed_clock")
URL = "reports:by_institution"


def fill(institution: Institution, count: int, *, at: datetime) -> None:
    postings = [PostingFactory(institution=institution, unit__institution=institution) for _n in range(count)]
    follow_people(person_ids=[posting.person_id for posting in postings], at=at)


@pytest.fixture
def everywhere(trained: Trained, at: datetime) -> TrainingRequirement:
    """Asked everywhere: six people in A (one completed), and Elena alone in B."""
    spec = make_spec(Course.objects.get().pk, starts_on=START, due_on=DUE)
    row = make_requirement(owner=None, spec=spec, at=at, title="Integridad en todo el Estado")
    apply_requirement(requirement_id=row.pk, at=at)
    return row


@pytest.fixture
def looker(everywhere: TrainingRequirement) -> Client:
    return client_for(auditor())


def read(client: Client, **query: str) -> str:
    response = client.get(reverse(URL), query)
    assert response.status_code == 200
    return response.content.decode()


def rows_of(client: Client, **query: str) -> dict[str, dict[str, str]]:
    response = client.get(reverse("reports:by_institution_csv"), query)
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return {row["Código"]: row for row in csv.DictReader(io.StringIO(text))}


def test_each_institution_has_a_row_from_the_least_advanced(looker: Client, at: datetime) -> None:
    others = [InstitutionFactory(code=f"MIN{n}") for n in range(2)]
    for other in others:
        fill(other, 6, at=at)
    rows = [row.institution.code for row in looker.get(reverse(URL)).context["comparison"].rows]
    assert rows[:2] == ["MIN0", "MIN1"]  # nobody there has completed
    assert rows_of(looker)["MIN0"]["Cumplen"] == "0"


def test_it_leads_into_the_institution_with_the_same_requirement(
    looker: Client, everywhere: TrainingRequirement, at: datetime
) -> None:
    fill(InstitutionFactory(code="MIN1"), 6, at=at)
    assert f"institucion=MIN1&amp;exigencia={everywhere.public_id}" in read(looker)


def test_small_groups_have_neither_counts_nor_rate(looker: Client, at: datetime) -> None:
    fill(InstitutionFactory(code="MIN1"), 4, at=at)
    fill(InstitutionFactory(code="MIN2"), 9, at=at)
    rows = rows_of(looker)
    assert (rows["MIN1"]["Personas"], rows["MIN1"]["Cumplen (%)"]) == ("menos de 5", "")
    assert rows["MIN2"]["Personas"] == "9"
    assert rows["AA900"]["Personas"] == "6"
    assert "menos de 5" in read(looker)


def test_a_single_small_group_cannot_be_subtracted_from_the_total(looker: Client, at: datetime) -> None:
    rows = rows_of(looker)
    assert (rows["AA901"]["Personas"], rows["AA900"]["Personas"]) == ("menos de 5", "no se muestra")


def test_a_past_day_is_counted_with_its_people(looker: Client, at: datetime) -> None:
    fill(InstitutionFactory(code="MIN1"), 6, at=at)
    fill(InstitutionFactory(code="MIN2"), 6, at=at)
    now = looker.get(reverse(URL)).context["comparison"]
    past = looker.get(reverse(URL), {"al": "2026-11-12"}).context["comparison"]
    assert (now.total.met, past.total.met, past.total.late) == (1, 0, 19)


def test_both_ways_of_counting_agree(looker: Client, at: datetime, everywhere: TrainingRequirement) -> None:
    fill(InstitutionFactory(code="MIN1"), 7, at=at)
    places = list(Institution.objects.order_by("name"))
    today = date(2026, 11, 20)
    added = compare_institutions(requirement=everywhere, institutions=places, day=today, today=today)
    counted = compare_institutions(
        requirement=everywhere, institutions=places, day=today, today=date(2026, 11, 21)
    )
    assert [(r.institution, r.tally, r.is_hidden) for r in added.rows] == [
        (r.institution, r.tally, r.is_hidden) for r in counted.rows
    ]
    assert all(len(row.points) == 13 for row in added.rows)


def test_the_curves_add_up_to_that_of_all(
    looker: Client, at: datetime, everywhere: TrainingRequirement
) -> None:
    fill(InstitutionFactory(code="MIN1"), 7, at=at)
    for place in list_places(until=date(2026, 11, 20)):
        settle_place(place=place, day=date(2026, 11, 20))
    ids = [place.pk for place in Institution.objects.all()]
    months = [date(2026, month, 1) for month in (9, 10, 11, 12)]
    each = standings_by_institution(requirement_id=everywhere.pk, institution_ids=ids, months=months)
    whole = standings_before(requirement_id=everywhere.pk, institution_ids=ids, months=months)
    for index, month in enumerate(months):
        assert add_up(tallies[index] for tallies in each.values()) == add_up(whole[month].values())
    assert add_up(tallies[-1] for tallies in each.values()).people == 14


def test_nobody_is_named(looker: Client) -> None:
    page = read(looker)
    assert "Rojas" not in page
    assert "Pinto" not in page


def test_hr_of_one_institution_has_nothing_to_compare(
    everywhere: TrainingRequirement, trained: Trained
) -> None:
    for user in (trained.personas.carla, trained.personas.elena):
        client = client_for(user)
        assert client.get(reverse(URL)).status_code == 404
        assert client.get(reverse("reports:by_institution_csv")).status_code == 404


def test_hr_of_a_ministry_sees_its_services_only(
    everywhere: TrainingRequirement, trained: Trained, at: datetime
) -> None:
    fill(InstitutionFactory(code="OTRO"), 9, at=at)
    trained.personas.institution.parent = trained.personas.other_institution
    trained.personas.institution.save()
    trained.personas.elena.roles.update(with_dependents=True)
    assert set(rows_of(client_for(trained.personas.elena))) == {"AA900", "AA901"}


def test_a_team_lead_does_not_compare(everywhere: TrainingRequirement, trained: Trained) -> None:
    lead = client_for(lead_of(trained.personas.unit))
    assert lead.get(reverse(URL)).status_code == 404
    assert reverse(URL) not in lead.get(reverse("reports:reports")).content.decode()


@pytest.mark.parametrize("query", [{"al": "ayer"}, {"pagina": "x"}, {"exigencia": "nada"}])
def test_bad_input_is_dropped(looker: Client, query: dict[str, str]) -> None:
    assert read(looker, **query)


def test_an_unknown_requirement_is_not_found(looker: Client) -> None:
    assert looker.get(reverse(URL), {"exigencia": "0" * 32}).status_code == 404


@pytest.mark.parametrize(("name", "action"), [(URL, "view_list"), ("reports:by_institution_xlsx", "export")])
def test_each_look_is_written_down(looker: Client, name: str, action: str) -> None:
    read_page(looker, reverse(name))
    entry = AccessLogEntry.objects.latest("at")
    assert entry.action == action
    assert entry.detail.startswith("instituciones")


def test_the_cost_grows_with_nothing(looker: Client, at: datetime) -> None:
    few = count_page_queries(looker, reverse(URL))
    for number in range(4):
        fill(InstitutionFactory(code=f"MIN{number}"), 8, at=at)
    assert count_page_queries(looker, reverse(URL)) == few < 20
