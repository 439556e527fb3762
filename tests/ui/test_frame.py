from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from lms.ui.navigation import current_of
from tests.ui.markup import Markup, read_markup

pytestmark = pytest.mark.urls("tests.ui.urls")

PERSON = {"is_authenticated": True, "person_name": "Ana Soto", "institution_name": "Servicio de Prueba"}
STAFF_LINKS = {"/cumplimiento/", "/integridad/", "/gestion/"}


def _frame(path: str = "/", **context: object) -> Markup:
    request = RequestFactory().get(path)
    return read_markup(render_to_string("layouts/base.html", {"request": request, **context}))


def _links(markup: Markup) -> set[str]:
    return {link.attrs["href"] for link in markup.all("a")}


def test_visitor_is_offered_to_log_in() -> None:
    assert "/cuentas/ingresar/" in _links(_frame())


def test_person_without_role_sees_no_staff_link() -> None:
    assert not STAFF_LINKS & _links(_frame(viewer=SimpleNamespace(**PERSON)))


@pytest.mark.parametrize(
    ("attribute", "url"),
    [
        ("is_hr", "/cumplimiento/"),
        ("is_integrity_coordinator", "/integridad/"),
        ("can_edit_content", "/gestion/"),
    ],
)
def test_role_brings_its_own_link_and_no_other(attribute: str, url: str) -> None:
    links = _links(_frame(viewer=SimpleNamespace(**PERSON, **{attribute: True})))
    assert STAFF_LINKS & links == {url}


def test_person_leaves_by_a_form_that_posts() -> None:
    form = _frame(viewer=SimpleNamespace(**PERSON), csrf_token="secreto").all("form")[0]
    assert (form.attrs["method"], form.attrs["action"]) == ("post", "/cuentas/salir/")


def test_first_link_skips_to_the_content() -> None:
    markup = _frame()
    assert markup.all("a")[0].attrs["href"] == "#contenido"
    assert markup.with_id("contenido").name == "main"


def test_demonstration_says_so() -> None:
    assert any("Datos de demostración" in aside.text for aside in _frame(demo=True).all("aside"))


def test_service_shows_no_demonstration_notice() -> None:
    assert not _frame(demo=False).all("aside")


@pytest.mark.parametrize(
    ("path", "current"), [("/cursos/", "page"), ("/cursos/regalos/", "true"), ("/cursosx/", ""), ("/", "")]
)
def test_section_is_marked_by_the_address(path: str, current: str) -> None:
    assert current_of(url="/cursos/", path=path) == current


def test_header_marks_the_section_of_the_page() -> None:
    marked = [a for a in _frame("/plan/compromiso-1/").all("a") if "aria-current" in a.attrs]
    assert [(a.attrs["href"], a.attrs["aria-current"]) for a in marked] == [("/plan/", "true")]


def test_answers_of_the_site_are_announced() -> None:
    messages = [SimpleNamespace(level=25, __str__=None)]
    markup = _frame(messages=messages)
    assert any(e.attrs.get("role") == "status" for e in markup.elements)


def test_script_is_a_file() -> None:
    assert all(script.attrs["src"] for script in _frame().all("script"))
