"""HR finds a second record of a person, compares, makes them one and undoes it."""

from datetime import date, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from lms.people.models import AccessLogEntry, Person, PersonMerge, Posting, User
from lms.people.services.merging import merge_people
from tests.factories.people import (
    PersonFactory,
    PostingFactory,
    RoleAssignmentFactory,
    UserFactory,
    make_run,
)
from tests.personas import Personas, client_for
from tests.queries import count_page_queries

pytestmark = pytest.mark.usefixtures("fixed_clock")


@pytest.fixture
def carla(personas: Personas) -> Client:
    return client_for(personas.carla)


@pytest.fixture
def ana(personas: Personas) -> Person:
    return personas.ana.person


@pytest.fixture
def twin(personas: Personas) -> Person:
    """Ana once more, written otherwise, without RUN or account."""
    person = PersonFactory(
        without_run=True, given_names="ROJAS", family_names="aná", email="otra@correo.example"
    )
    PostingFactory(
        person=person, institution=personas.institution, unit=personas.unit, valid_from=date(2025, 1, 1)
    )
    return person


def find(client: Client, person: Person, text: str = "") -> str:
    url = reverse("reports:merge_find", args=[person.public_id])
    response = client.get(url, {"q": text} if text else {})
    assert response.status_code == 200
    return response.content.decode()


def address(person: Person, other: Person) -> str:
    return reverse("reports:merge", args=[person.public_id, other.public_id])


def send(client: Client, person: Person, other: Person, **changes: str) -> HttpResponse:
    data = {"keep": "primera", "is_same": "on"} | changes
    return client.post(address(person, other), data, follow=True)  # type: ignore[return-value]


# --- Finding --------------------------------------------------------------------------------------
def test_a_record_with_the_same_name_is_suggested(carla: Client, ana: Person, twin: Person) -> None:
    page = find(carla, ana)
    assert "Se parecen a esta" in page and address(ana, twin) in page


@pytest.mark.parametrize(
    "names",
    ["MARIA JOSE NUNEZ WEISS", "mari\u0301a  jose\u0301 Nu\u0301n\u0303ez-Weiss", "Núñez Weiß, María José"],
)
def test_a_record_is_suggested_however_its_name_is_spelled(
    carla: Client, ana: Person, twin: Person, names: str
) -> None:
    Person.objects.filter(pk=ana.pk).update(given_names="María José", family_names="Núñez Weiss")
    Person.objects.filter(pk=twin.pk).update(given_names=names, family_names="")
    assert address(ana, twin) in find(carla, ana)


def test_a_record_with_the_same_address_is_suggested(carla: Client, ana: Person, twin: Person) -> None:
    Person.objects.filter(pk=twin.pk).update(given_names="X", family_names="Y", email=ana.email.upper())
    assert address(ana, twin) in find(carla, ana)


def test_whoever_has_another_run_is_not_suggested(carla: Client, ana: Person, twin: Person) -> None:
    Person.objects.filter(pk=twin.pk).update(run_fingerprint="f" * 64)
    assert "Se parecen a esta" not in find(carla, ana)


@pytest.mark.parametrize("text", ["ROJAS an", "otra@correo.example", "OTRA@correo.example"])
def test_a_record_is_found_by_name_or_address(carla: Client, ana: Person, twin: Person, text: str) -> None:
    Person.objects.filter(pk=twin.pk).update(given_names="ROJAS", family_names="Ana María")
    assert address(ana, twin) in find(carla, ana, text)


def test_a_record_is_found_by_its_run(carla: Client, personas: Personas, twin: Person) -> None:
    run = make_run(12_345_678)
    other = PostingFactory(institution=personas.institution, person=PersonFactory(run=run)).person
    assert address(twin, other) in find(carla, twin, run)


@pytest.mark.parametrize("text", ["nadie", "nadie@ninguna.example", "11.111.111-1", "\x00", "x" * 300])
def test_a_search_without_result_says_what_to_do(carla: Client, ana: Person, text: str) -> None:
    page = find(carla, ana, text)
    assert "No encontramos otra ficha" in page or text == "\x00"


def test_nobody_of_another_institution_is_found(carla: Client, personas: Personas, ana: Person) -> None:
    elena = personas.elena.person
    for text in ("Pinto", elena.email):
        assert address(ana, elena) not in find(carla, ana, text)
    assert carla.get(address(ana, elena)).status_code == 404


def test_who_signed_up_alone_is_found_by_the_exact_proved_address_only(
    carla: Client, ana: Person, twin: Person
) -> None:
    user = UserFactory(email="sola@correo.example")
    sola = PersonFactory(user=user, without_run=True, given_names="Sola", email=user.email)
    assert address(twin, sola) not in find(carla, twin, "sola@correo.example")
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    assert address(twin, sola) in find(carla, twin, "Sola@correo.example")
    assert address(twin, sola) not in find(carla, twin, "Sola")
    assert carla.get(address(twin, sola)).status_code == 200


def test_finding_among_many_asks_no_more_than_among_few(
    carla: Client, personas: Personas, ana: Person
) -> None:
    url = reverse("reports:merge_find", args=[ana.public_id]) + "?q=Rojas"
    PostingFactory.create_batch(3, institution=personas.institution, unit=personas.unit)
    carla.get(url)
    few = count_page_queries(carla, url)
    PostingFactory.create_batch(27, institution=personas.institution, unit=personas.unit)
    assert count_page_queries(carla, url) == few


# --- Merging ----------------------------------------------------------------------------------------
def test_both_are_shown_side_by_side_and_made_one(carla: Client, ana: Person, twin: Person) -> None:
    page = carla.get(address(ana, twin)).content.decode()
    for words in ("La primera", "La segunda", ana.run_masked, "Sin RUN", twin.email, "Cursos en el trabajo"):
        assert words in page
    assert not PersonMerge.objects.exists()
    page = send(carla, ana, twin).content.decode()
    assert "Las dos fichas son una." in page and "Deshacer la fusión" in page
    twin.refresh_from_db()
    assert twin.merged_into == ana
    assert AccessLogEntry.objects.filter(subject=ana, detail="people_merged").exists()


def test_either_record_can_be_kept(carla: Client, ana: Person, twin: Person) -> None:
    send(carla, twin, ana, keep="segunda")
    twin.refresh_from_db()
    assert twin.merged_into == ana


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"keep": ""}, "Elige qué ficha queda."),
        ({"keep": "ambas"}, "Elige una de las dos fichas."),
        ({"is_same": ""}, "Confirma que comprobaste que es la misma persona."),
    ],
)
def test_a_wrong_choice_merges_nothing(
    carla: Client, ana: Person, twin: Person, changes: dict[str, str], message: str
) -> None:
    response = send(carla, ana, twin, **changes)
    assert (response.status_code, message in response.content.decode()) == (400, True)
    assert not PersonMerge.objects.exists()


def test_two_runs_are_refused_with_words(carla: Client, ana: Person, twin: Person) -> None:
    Person.objects.filter(pk=twin.pk).update(run_fingerprint="f" * 64)
    response = send(carla, ana, twin)
    assert "Cada ficha tiene su propio RUN: son dos personas." in response.content.decode()
    assert not PersonMerge.objects.exists()


def test_of_two_accounts_one_is_chosen(carla: Client, ana: Person, twin: Person) -> None:
    other: User = UserFactory()
    Person.objects.filter(pk=twin.pk).update(user=other)
    assert "Elige con qué cuenta seguirá ingresando." in send(carla, ana, twin).content.decode()
    wrong = send(carla, ana, twin, account="tercera").content.decode()
    assert "Elige una de las dos cuentas." in wrong
    send(carla, ana, twin, account="primera")
    other.refresh_from_db()
    assert not other.is_active


def test_an_account_with_roles_is_not_closed(carla: Client, ana: Person, twin: Person) -> None:
    other: User = UserFactory()
    Person.objects.filter(pk=twin.pk).update(user=other)
    RoleAssignmentFactory(user=other)
    page = send(carla, ana, twin, account="primera").content.decode()
    assert "La cuenta que se cerraría tiene roles." in page
    assert not PersonMerge.objects.exists()


def test_nobody_merges_the_own_record(carla: Client, personas: Personas, twin: Person) -> None:
    page = send(carla, personas.carla.person, twin).content.decode()
    assert "Una de las fichas es la tuya." in page
    assert not PersonMerge.objects.exists()


def test_a_merged_record_leads_to_the_kept_one(
    carla: Client, personas: Personas, ana: Person, twin: Person
) -> None:
    send(carla, ana, twin)
    old = reverse("reports:person", args=[twin.public_id])
    assert carla.get(old)["Location"] == reverse("reports:person", args=[ana.public_id])
    assert client_for(personas.elena).get(old).status_code == 404


def test_elena_merges_nobody_of_another_institution(
    personas: Personas, ana: Person, twin: Person, at: datetime
) -> None:
    elena = client_for(personas.elena)
    assert elena.get(reverse("reports:merge_find", args=[ana.public_id])).status_code == 404
    assert elena.get(address(ana, twin)).status_code == 404
    assert send(elena, ana, twin).status_code == 404
    assert elena.get(address(personas.elena.person, ana)).status_code == 404


# --- Undoing ----------------------------------------------------------------------------------------
@pytest.fixture
def merged(ana: Person, twin: Person, at: datetime) -> PersonMerge:
    place = ana.postings.get().institution_id
    return merge_people(
        kept_id=ana.pk, merged_id=twin.pk, account_of=None, institution_id=place, author=None, at=at
    )


def undoing(found: PersonMerge) -> str:
    return reverse("reports:merge_undo", args=[found.kept.public_id, found.public_id])


def test_a_merge_is_undone_after_asking(carla: Client, merged: PersonMerge, twin: Person) -> None:
    assert "vuelve a esa ficha" in carla.get(undoing(merged)).content.decode()
    page = carla.post(undoing(merged), follow=True).content.decode()
    assert "son dos fichas otra vez" in page
    assert "Deshacer la fusión" not in page
    twin.refresh_from_db()
    assert twin.merged_into is None and twin.postings.count() == 1
    assert carla.post(undoing(merged)).status_code == 404


def test_what_could_not_go_back_is_told(carla: Client, merged: PersonMerge) -> None:
    Posting.objects.filter(person=merged.kept, valid_until=None).order_by("-pk")[:1].get().delete()
    page = carla.post(undoing(merged), follow=True).content.decode()
    assert "Esto cambió después de la fusión y quedó donde está: destinación (1)." in page


def test_an_old_merge_is_not_offered(carla: Client, merged: PersonMerge, at: datetime) -> None:
    PersonMerge.objects.update(merged_at=at - timedelta(days=30))
    file = carla.get(reverse("reports:person", args=[merged.kept.public_id])).content.decode()
    assert "Deshacer la fusión" not in file
    assert carla.get(undoing(merged)).status_code == 404


def test_elena_undoes_nothing(personas: Personas, merged: PersonMerge) -> None:
    elena = client_for(personas.elena)
    assert elena.get(undoing(merged)).status_code == elena.post(undoing(merged)).status_code == 404


def test_the_person_reads_that_two_records_were_made_one(
    personas: Personas, carla: Client, ana: Person, twin: Person
) -> None:
    send(carla, ana, twin)
    page = client_for(personas.ana).get(reverse("classroom:who_looked")).content.decode()
    assert "Unió dos fichas tuyas en una" in page
