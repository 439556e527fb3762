"""Every reading of named people is written down, and the person reads it."""

from datetime import datetime

import pytest

from lms.people.models import AccessLogEntry, Institution
from lms.progress.models import TrainingRequirement
from tests.api.asking import Program, program
from tests.factories.learning import make_learner
from tests.personas import Personas, client_for


@pytest.fixture
def lists(requirement: TrainingRequirement, personas: Personas, at: datetime) -> list[str]:
    ana = personas.ana.person
    make_learner(person=ana, at=at, posting=ana.postings.get()).complete(at)
    return ["/people/", f"/requirements/{requirement.public_id}/standings/", "/completions/"]


def test_a_page_of_people_is_one_entry_with_their_number(
    hr: Program, personas: Personas, lists: list[str]
) -> None:
    for path in lists:
        AccessLogEntry.objects.all().delete()
        page = hr.get(path, limit=4)
        entry = AccessLogEntry.objects.get()
        assert entry.people_count == len(page["items"]) > 0
        assert (entry.action, entry.subject, entry.role) == ("export", None, "hr")
        assert (entry.viewer, entry.institution) == (personas.carla, personas.institution)
        assert entry.detail == "program_seen Sistema de personas"


def test_every_page_is_an_entry_and_an_empty_one_is_none(
    hr: Program, personas: Personas, lists: list[str]
) -> None:
    pages = list(hr.pages("/people/", limit=2))
    hr.get("/people/", unit="nada")
    assert [entry.people_count for entry in AccessLogEntry.objects.order_by("pk")] == [
        len(page["items"]) for page in pages
    ]


def test_what_names_nobody_is_not_written_down(hr: Program, requirement: TrainingRequirement) -> None:
    for path in (
        "/institutions/",
        "/institutions/AA900/units/",
        "/requirements/",
        f"/requirements/{requirement.public_id}/counts/",
    ):
        hr.get(path)
    assert not AccessLogEntry.objects.exists()


def test_the_person_reads_which_system_read_its_record(hr: Program, personas: Personas) -> None:
    hr.get(f"/people/{personas.ana.person.public_id}/")
    page = client_for(personas.ana).get("/aula/quien-me-vio/").content.decode()
    assert "«Sistema de personas», leyó tu ficha" in page
    assert personas.institution.name in page and "Carla" not in page
    other = client_for(personas.bruno).get("/aula/quien-me-vio/").content.decode()
    assert "Sistema de personas" not in other


def test_a_name_with_signs_is_shown_as_it_is(personas: Personas, place: Institution, at: datetime) -> None:
    system = program(personas.carla, at=at, institution=place, name="Nómina 100 % <b>%(code)s</b>")
    system.get(f"/people/{personas.ana.person.public_id}/")
    page = client_for(personas.ana).get("/aula/quien-me-vio/").content.decode()
    assert "«Nómina 100 % &lt;b&gt;%(code)s&lt;/b&gt;», leyó tu ficha" in page


def test_a_record_that_is_refused_is_not_written_down(other_hr: Program, personas: Personas) -> None:
    other_hr.ask(f"/people/{personas.ana.person.public_id}/")
    assert not AccessLogEntry.objects.exists()
