"""A person sees who looked at their record: role, institution, action and date, never a name."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lms.people.models import AccessLogEntry, Role
from lms.people.policy import Grant, Viewer
from lms.people.selectors.looks import CertificateLook
from lms.people.services.access_log import log_access
from tests.factories.people import UserFactory
from tests.personas import Personas, client_for
from tests.queries import count_page_queries

PAGE = "/aula/quien-me-vio/"


pytestmark = pytest.mark.usefixtures("fixed_clock")


def look(
    personas: Personas, at: datetime, *, detail: str = "", subject: object = None, everywhere: bool = False
) -> None:
    grant = Grant(Role.AUDITOR, None) if everywhere else Grant(Role.HR, personas.institution.pk)
    log_access(
        viewer=Viewer(user_id=personas.carla.pk),
        grant=grant,
        action=AccessLogEntry.Action.VIEW_PERSON,
        at=at,
        institution_id=grant.institution_id,
        people_count=1,
        subject_id=(subject or personas.ana.person).pk,  # type: ignore[attr-defined]
        detail=detail,
    )


def test_it_tells_role_institution_action_and_date_but_no_name(personas: Personas, at: datetime) -> None:
    look(personas, at - timedelta(days=3))

    text = client_for(personas.ana).get(PAGE).content.decode()

    for words in (
        "Vio tu ficha",
        "Gestión de Personas",
        personas.institution.name,
        "17 de noviembre de 2026",
    ):
        assert words in text
    for words in ("Carla", "Muñoz", "carla@"):
        assert words not in text


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (CertificateLook.SEEN, "Vio tu certificado ABCD-EFGH"),
        (CertificateLook.REVOKED, "Revocó tu certificado ABCD-EFGH"),
        (CertificateLook.REISSUED, "Reemplazó tu certificado ABCD-EFGH"),
    ],
)
def test_what_was_done_with_a_certificate_is_told(
    personas: Personas, at: datetime, kind: CertificateLook, words: str
) -> None:
    look(personas, at, detail=f"{kind} ABCD-EFGH")

    assert words in client_for(personas.ana).get(PAGE).content.decode()


def test_looks_at_others_are_not_shown(personas: Personas, at: datetime) -> None:
    look(personas, at, subject=personas.bruno.person)

    assert "Nadie ha abierto tu ficha" in client_for(personas.ana).get(PAGE).content.decode()


def test_a_look_with_a_role_for_everything_is_told_as_such(personas: Personas, at: datetime) -> None:
    look(personas, at, everywhere=True)

    text = client_for(personas.ana).get(PAGE).content.decode()

    assert "Auditoría" in text
    assert "Toda la plataforma" in text


def test_an_account_without_person_sees_an_empty_page(db: None) -> None:
    assert client_for(UserFactory()).get(PAGE).status_code == 200


def test_a_visitor_without_account_is_sent_to_log_in(db: None) -> None:
    assert Client().get(PAGE).status_code == 302


def test_the_newest_look_comes_first_and_many_come_in_pages(personas: Personas, at: datetime) -> None:
    ana = client_for(personas.ana)

    for number in range(3):
        look(personas, at - timedelta(hours=number))
    few = count_page_queries(ana, PAGE)
    for number in range(3, 60):
        look(personas, at - timedelta(hours=number))
    page = ana.get(PAGE)

    assert (len(page.context["lines"]), page.context["page"].paginator.num_pages) == (50, 2)
    assert page.context["lines"][0].at == at
    assert count_page_queries(ana, PAGE) == few
    assert ana.get(f"{PAGE}?pagina=zzz").status_code == 200


def test_my_learning_leads_to_it(personas: Personas) -> None:
    assert reverse("classroom:who_looked") in client_for(personas.ana).get("/aula/").content.decode()


def looked_at_lists(personas: Personas, *actions: str, at: datetime) -> None:
    for action in actions:
        AccessLogEntry.objects.create(
            viewer=personas.carla, role="hr", institution=personas.institution, action=action,
            people_count=50, at=at,
        )  # fmt: skip


@pytest.mark.usefixtures("fixed_clock")
def test_a_person_sees_how_often_lists_of_the_institution_were_looked_at(
    personas: Personas, at: datetime
) -> None:
    looked_at_lists(personas, "view_list", "view_list", "export", at=at)
    page = client_for(personas.ana).get(reverse("classroom:who_looked")).content.decode()
    assert "Listas de tu institución" in page
    assert "Exportó listas de personas" in page
    assert "Carla" not in page


@pytest.mark.usefixtures("fixed_clock")
@pytest.mark.parametrize("who", ["elena", "ana"])
def test_lists_before_or_outside_the_own_postings_are_not_told(
    personas: Personas, at: datetime, who: str
) -> None:
    looked_at_lists(personas, "view_list", at=at - timedelta(days=30))
    personas.ana.person.postings.update(valid_from=at.date() - timedelta(days=10))
    page = client_for(getattr(personas, who)).get(reverse("classroom:who_looked")).content.decode()
    assert "Listas de tu institución" not in page
