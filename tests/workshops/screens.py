"""What the tests of the screens of workshops share."""

from django.http import HttpResponse
from django.urls import reverse

from lms.workshops.models import WorkshopSession
from tests.ui.markup import read_markup

CALENDAR = "/talleres/"
MANAGE = "/talleres/gestion/"


def url(name: str, session: WorkshopSession) -> str:
    return reverse(f"workshops:{name}", kwargs={"public_id": session.public_id})


def text_of(response: HttpResponse) -> str:
    return " ".join(read_markup(response.content.decode()).all("main")[0].text.split())


def assert_page(response: HttpResponse, title: str, status: int = 200) -> None:
    """A page of the house: one h1, in Spanish, nothing inline, every control named."""
    html = response.content.decode()
    assert response.status_code == status
    markup = read_markup(html)
    assert [heading.text.strip() for heading in markup.all("h1")] == [title]
    assert '<html lang="es-CL">' in html
    assert " style=" not in html
    assert not [e for e in markup.all("script") if "src" not in e.attrs]
    main = [e for e in markup.visible_controls if "main" in e.inside]
    assert not [e.attrs for e in main if not markup.name_of(e) and "label" not in e.inside]
    assert not set("—–¡!") & set(markup.all("main")[0].text)
