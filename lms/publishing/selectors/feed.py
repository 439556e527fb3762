"""The Atom feed of changes (RFC 4287), in pages (RFC 5005). It names offices, never accounts."""

from datetime import UTC, datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from lms.lib.xml_text import xml_text
from lms.plan.models import ActionPlan, PlanChange
from lms.plan.selectors.commitments import commitment_url
from lms.publishing.selectors.changes import headline, public_changes, summary
from lms.publishing.selectors.datapackage import publisher_of

ATOM = "http://www.w3.org/2005/Atom"
LANGUAGE = "es-CL"
ENTRIES_PER_PAGE = 50
BEGINNING = datetime(2018, 1, 1, tzinfo=UTC)
"""When nothing has changed yet."""


def build_feed(*, plan: ActionPlan | None, number: str | None) -> bytes:
    """Changes of one plan, or of all public ones, latest first. Two queries."""
    with translation.override(settings.LANGUAGE_CODE):
        page = Paginator(public_changes(plan=plan), ENTRIES_PER_PAGE).get_page(number)
        return _write(plan, page)


def feed_url(*, plan: ActionPlan | None, number: int = 1) -> str:
    """Its address; the first page has none of its own."""
    path = reverse("publishing:plan_feed", args=[plan.code]) if plan else reverse("publishing:feed")
    return f"{settings.SITE_URL}{path}" + (f"?pagina={number}" if number > 1 else "")


def _write(plan: ActionPlan | None, page: Page[PlanChange]) -> bytes:
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": LANGUAGE})
    changes = list(page.object_list)
    _add(feed, "id", _tag(BEGINNING, f"plan:{plan.code}" if plan else "planes"))
    _add(
        feed, "title", _("Cambios: %(title)s") % {"title": plan.title} if plan else _("Cambios de los planes")
    )
    _add(feed, "updated", _instant(changes[0].changed_at if changes else BEGINNING))
    author = ET.SubElement(feed, f"{{{ATOM}}}author")
    _add(author, "name", publisher_of(plan) if plan else settings.WAGTAIL_SITE_NAME)
    _add(feed, "rights", "CC BY 4.0")
    home = reverse("plan:plan", args=[plan.code]) if plan else reverse("plan:home")
    _link(feed, "alternate", settings.SITE_URL + home, "text/html")
    _link(feed, "self", feed_url(plan=plan, number=page.number), "application/atom+xml")
    if page.has_previous():
        _link(
            feed, "previous", feed_url(plan=plan, number=page.previous_page_number()), "application/atom+xml"
        )
    if page.has_next():
        _link(feed, "next", feed_url(plan=plan, number=page.next_page_number()), "application/atom+xml")
    for change in changes:
        _entry(feed, change)
    body: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return body


def _entry(feed: ET.Element, change: PlanChange) -> None:
    entry = ET.SubElement(feed, f"{{{ATOM}}}entry")
    _add(entry, "id", _tag(change.changed_at, f"cambio:{change.pk}"))
    _add(entry, "title", headline(change))
    _add(entry, "updated", _instant(change.changed_at))
    _add(entry, "published", _instant(change.changed_at))
    author = ET.SubElement(entry, f"{{{ATOM}}}author")
    _add(author, "name", publisher_of(change.plan))
    _link(entry, "alternate", settings.SITE_URL + _page_of(change), "text/html")
    _add(entry, "summary", summary(change) or headline(change))


def _page_of(change: PlanChange) -> str:
    if change.commitment is None:
        return reverse("plan:plan", args=[change.plan.code])
    change.commitment.plan = change.plan
    return commitment_url(commitment=change.commitment)


def _tag(at: datetime, what: str) -> str:
    """A name that stays when the site moves to other addresses (RFC 4151)."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"tag:{host},{at.astimezone(UTC):%Y-%m-%d}:{what}"


def _instant(at: datetime) -> str:
    """RFC 3339, in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}{name}").text = xml_text(text)


def _link(parent: ET.Element, rel: str, href: str, kind: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "href": href, "type": kind})
