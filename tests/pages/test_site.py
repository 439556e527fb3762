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
from tests.factories.people import UserFactory
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
    assert CatalogueIndexPage.objects.live().filter(locale__language_code="es").count() == 1
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

    @pytest.mark.parametrize(
        ("name", "changes", "publishes"),
        [("Autoría", False, False), ("Autoría de todos los cursos", True, False), ("Revisión", True, True)],
    )
    def test_editors_get_the_catalogue_only_and_reviewers_publish(
        self, name: str, changes: bool, publishes: bool
    ) -> None:
        permissions = Group.objects.get(name=name).page_permissions
        assert set(permissions.values_list("page__slug", flat=True)) == {"cursos"}
        names = set(permissions.values_list("permission__codename", flat=True))
        assert "add_page" in names
        assert ("change_page" in names) is changes
        assert ("publish_page" in names) is publishes

    @pytest.mark.parametrize("name", ["Autoría", "Revisión"])
    def test_editors_touch_no_table_of_people(self, name: str) -> None:
        labels = Group.objects.get(name=name).permissions.values_list("content_type__app_label", flat=True)
        assert set(labels) == {"courses", "quizzes", "wagtail_localize", "wagtailadmin"}

    def test_courses_are_reviewed_by_the_reviewers(self) -> None:
        workflow = CatalogueIndexPage.objects.order_by("pk")[0].get_workflow()
        assert workflow.name == "Revisión de cursos"
        (task,) = workflow.tasks.specific()
        assert [group.name for group in task.groups.all()] == ["Revisión"]

    def test_a_workflow_that_was_changed_stays_changed(self) -> None:
        workflow = CatalogueIndexPage.objects.order_by("pk")[0].get_workflow()
        workflow.workflow_tasks.all().delete()
        set_up_site(site_url="https://aula.example")
        assert not workflow.workflow_tasks.exists()


def test_authors_of_before_there_were_reviewers_write_on_and_publish_no_more() -> None:
    former, user = Group.objects.create(name="Docentes"), UserFactory()
    user.groups.add(former)
    set_up_site(site_url="https://aula.example")
    assert [group.name for group in user.groups.all()] == ["Autoría"]
    assert not Group.objects.filter(name="Docentes").exists()


def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("set_up_site")
    call_command("set_up_site")
    assert capsys.readouterr().out == "Sitio creado.\nEl sitio ya estaba completo.\n"
