"""Saved views: an address under a name, which shows to each what their role allows."""

from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from lms.reports.models import SavedView
from tests.personas import client_for
from tests.queries import count_page_queries
from tests.reports.trained import Trained, auditor, keep, lead_of, schedule

pytestmark = pytest.mark.usefixtures("fixed_clock")


@pytest.fixture
def carla(trained: Trained) -> Client:
    return client_for(trained.personas.carla)


def save_url(page: str, query: str = "") -> str:
    return reverse("reports:view_save", query={"vista": page, "consulta": query})


def at_view(name: str, view: SavedView) -> str:
    return reverse(f"reports:{name}", kwargs={"public_id": view.public_id})


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("compliance", "reports:compliance"),
        ("people", "reports:people"),
        ("matrix", "reports:matrix"),
        ("hours", "reports:hours"),
    ],
)
def test_each_page_leads_to_saving_it_and_back(trained: Trained, carla: Client, page: str, name: str) -> None:
    shown = carla.get(reverse(name), {"estamento": "profesionales"}).content.decode()
    assert f"{reverse('reports:view_save')}?vista={page}" in shown
    response = carla.post(save_url(page, "estamento=profesionales&pagina=3"), {"name": "La mía"})
    assert response.status_code == 302
    view = SavedView.objects.get()
    opened = carla.get(at_view("view", view))
    address = urlsplit(opened.headers["Location"])
    assert address.path == reverse(name)
    query = parse_qs(address.query)
    assert query["estamento"] == ["profesionales"]
    assert query["institucion"] == ["AA900"]
    assert "pagina" not in query
    assert ("exigencia" in query) is (page in ("compliance", "people"))
    assert carla.get(opened.headers["Location"]).status_code == 200


def test_a_name_is_asked_for_and_is_unique(trained: Trained, carla: Client) -> None:
    assert carla.post(save_url("people"), {"name": ""}).status_code == 400
    assert carla.post(save_url("people"), {"name": "Una"}).status_code == 302
    page = carla.post(save_url("matrix"), {"name": "Una"})
    assert page.status_code == 400
    assert "Ya tienes una vista con ese nombre" in page.content.decode()
    assert SavedView.objects.count() == 1


def test_what_one_may_not_see_one_cannot_save(trained: Trained) -> None:
    elena = client_for(trained.personas.elena)
    assert elena.post(save_url("people", "institucion=AA900"), {"name": "Ajena"}).status_code == 404
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("query", ["%00", "institucion=" + "x" * 5000, "q=%00", "&&&", "exigencia=nada"])
def test_a_strange_address_is_not_kept(trained: Trained, carla: Client, query: str) -> None:
    assert carla.get(save_url("people", query)).status_code in (200, 404)
    assert carla.get(f"{reverse('reports:view_save')}?vista=otra").status_code == 200


def test_others_do_not_see_it_until_it_is_shared(trained: Trained, carla: Client, at: datetime) -> None:
    view = keep(trained, at=at)
    looker = client_for(auditor())
    assert looker.get(at_view("view", view)).status_code == 404
    assert carla.post(at_view("view_share", view), {"compartir": "si"}).status_code == 302
    assert looker.get(at_view("view", view)).status_code == 302
    assert "Atrasadas" in looker.get(reverse("reports:reports")).content.decode()
    carla.post(at_view("view_share", view))
    assert looker.get(at_view("view", view)).status_code == 404


@pytest.mark.parametrize("name", ["view_share", "view_delete"])
def test_only_the_owner_changes_it(trained: Trained, at: datetime, name: str) -> None:
    view = keep(trained, at=at, is_shared=True)
    assert client_for(auditor()).post(at_view(name, view)).status_code == 404
    assert client_for(trained.personas.elena).post(at_view(name, view)).status_code == 404
    view.refresh_from_db()
    assert view.is_shared


def test_a_shared_view_shows_elena_nothing(trained: Trained, at: datetime) -> None:
    view = keep(trained, at=at, is_shared=True)
    elena = client_for(trained.personas.elena)
    assert elena.get(at_view("view", view)).status_code == 404
    assert "Atrasadas" not in elena.get(reverse("reports:reports")).content.decode()


def test_a_team_lead_keeps_own_views_and_shares_none(trained: Trained) -> None:
    lead = client_for(lead_of(trained.personas.unit))
    assert "is_shared" not in lead.get(save_url("matrix")).content.decode()
    assert lead.post(save_url("matrix"), {"name": "Mi equipo", "is_shared": "on"}).status_code == 302
    view = SavedView.objects.get()
    assert not view.is_shared
    assert lead.post(at_view("view_share", view), {"compartir": "si"}).status_code == 404
    assert lead.get(at_view("schedule_create", view)).status_code == 404


def test_an_auditor_keeps_own_views_and_schedules_none(trained: Trained) -> None:
    client = client_for(auditor())
    assert client.post(save_url("people", "institucion=AA900"), {"name": "Revisión"}).status_code == 302
    view = SavedView.objects.get()
    assert client.get(at_view("schedule_create", view)).status_code == 404
    assert client.post(at_view("view_delete", view)).status_code == 302
    assert not SavedView.objects.exists()


def test_a_view_that_is_being_sent_is_not_deleted(trained: Trained, carla: Client, at: datetime) -> None:
    view = keep(trained, at=at)
    schedule(view, at=at)
    page = carla.post(at_view("view_delete", view), follow=True).content.decode()
    assert "Detén primero el envío" in page
    assert SavedView.objects.exists()


def test_the_page_of_reports_costs_the_same_with_many_views(
    trained: Trained, carla: Client, at: datetime
) -> None:
    schedule(keep(trained, at=at), at=at)
    few = count_page_queries(carla, reverse("reports:reports"))
    for number in range(8):
        schedule(keep(trained, at=at, name=f"Vista {number}"), at=at)
    assert count_page_queries(carla, reverse("reports:reports")) == few <= 16
