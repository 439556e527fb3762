import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from wagtail.models import GroupPagePermission, Page, Site

from courses.models import CatalogueIndexPage
from lms.pages.models import HomePage, InformationPage
from lms.pages.services import set_up_site
from lms.pages.texts import START_PAGES
from tests.factories.courses import create_released_course
from tests.ui.markup import read_markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> None:
    set_up_site(site_url="https://aula.example")


def words(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return read_markup(response.content.decode()).with_id("contenido").text


def test_a_new_site_gets_its_skeleton() -> None:
    assert set_up_site(site_url="https://aula.example:8443/")
    site = Site.objects.get()
    assert (site.hostname, site.port, site.root_page.specific_class) == ("aula.example", 8443, HomePage)
    assert CatalogueIndexPage.objects.live().count() == 1
    assert InformationPage.objects.live().count() == len(START_PAGES)


@pytest.mark.parametrize(("address", "port"), [("https://aula.example", 443), ("http://aula.example", 80)])
def test_the_port_follows_the_address(address: str, port: int) -> None:
    set_up_site(site_url=address)
    assert Site.objects.get().port == port


@pytest.mark.usefixtures("site")
class TestReady:
    def test_setting_up_again_changes_nothing(self) -> None:
        pages = set(Page.objects.values_list("pk", "path", "title"))
        permissions = GroupPagePermission.objects.count()
        assert not set_up_site(site_url="https://aula.example")
        assert set(Page.objects.values_list("pk", "path", "title")) == pages
        assert GroupPagePermission.objects.count() == permissions

    def test_a_missing_page_comes_back(self) -> None:
        InformationPage.objects.get(slug="ayuda").delete()
        assert set_up_site(site_url="https://aula.example")
        assert InformationPage.objects.filter(slug="ayuda").exists()

    def test_what_was_edited_stays(self) -> None:
        page = InformationPage.objects.get(slug="ayuda")
        page.title = "Te ayudamos"
        page.save_revision().publish()
        set_up_site(site_url="https://aula.example")
        assert InformationPage.objects.get(slug="ayuda").title == "Te ayudamos"

    def test_wagtails_welcome_page_is_gone(self) -> None:
        assert not Page.objects.filter(title__startswith="Welcome").exists()

    @pytest.mark.parametrize("start", START_PAGES, ids=lambda start: start.slug)
    def test_an_information_page_reads_for_everybody(self, client: Client, start: object) -> None:
        assert start.title in words(client, f"/{start.slug}/")

    def test_the_home_page_leads_to_the_four_tasks(self, client: Client) -> None:
        text = words(client, "/")
        for task in (
            "Trabajo en un servicio público",
            "Trabajo en Gestión de Personas",
            "Quiero seguir el plan",
        ):
            assert task in text

    def test_the_home_page_shows_courses(self, client: Client) -> None:
        create_released_course(code="etica", title="Ética pública")
        assert "Ética pública" in words(client, "/")

    def test_authors_get_the_catalogue_only(self) -> None:
        group = Group.objects.get(name="Docentes")
        assert set(group.page_permissions.values_list("page__slug", flat=True)) == {"cursos"}

    def test_authors_touch_no_table_of_people(self) -> None:
        labels = set(
            Group.objects.get(name="Docentes").permissions.values_list("content_type__app_label", flat=True)
        )
        assert labels == {"courses", "quizzes", "wagtailadmin"}


def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("set_up_site")
    call_command("set_up_site")
    assert capsys.readouterr().out == "Sitio creado.\nEl sitio ya estaba completo.\n"
