"""The sections of the staff area: a few groups, each with its pages, as far as the viewer may open them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lms.people.policy import Viewer

May = Callable[[Viewer], bool]


@dataclass(frozen=True)
class Page:
    """A page of a group; ``stems``: view names that begin so belong to it too."""

    view: str
    label: str | Promise
    may: May
    stems: tuple[str, ...] = ()

    def holds(self, view: str) -> bool:
        return view == self.view or view.startswith(self.stems)


@dataclass(frozen=True)
class Group:
    label: str | Promise
    pages: tuple[Page, ...]


@dataclass(frozen=True)
class Link:
    """A place to go; ``is_here``: one is there."""

    url: str
    label: str
    is_here: bool


@dataclass(frozen=True)
class Tabs:
    """The groups, and the pages of the present one where it has several."""

    groups: list[Link]
    pages: list[Link]


def _sees(viewer: Viewer) -> bool:
    return viewer.is_hr


def _reads(viewer: Viewer) -> bool:
    return viewer.can_see_reports


def _holds_programs(viewer: Viewer) -> bool:
    return (viewer.can_see_reports and viewer.leads_institution) or viewer.is_administrator


GROUPS = (
    Group(_("Cumplimiento"), (
        Page("reports:compliance", _("Resumen"), _sees, ("reports:nothing",)),
        Page("reports:by_course", _("Por curso"), lambda v: v.leads_institution, ("reports:course",)),
        Page("reports:by_institution", _("Por institución"), lambda v: v.reaches_several),
    )),
    Group(_("Personas"), (
        Page("reports:people", _("Lista"), _sees, ("reports:person", "reports:exempt", "reports:job",
             "reports:leave", "reports:merge", "reports:attest", "reports:record")),
        Page("reports:rosters", _("Nómina"), lambda v: v.can_import, ("reports:roster",)),
        Page("reports:units", _("Unidades"), lambda v: v.can_manage_people, ("reports:unit",)),
        Page("reports:invitations", _("Invitaciones"), lambda v: v.can_invite),
        Page("reports:batches", _("Acreditaciones"), lambda v: v.can_correct, ("reports:batch",)),
        Page("reports:questions", _("Consultas"), lambda v: v.can_read_questions, ("reports:question",)),
    )),
    Group(_("Exigencias"), (
        Page("reports:requirements", _("Exigencias"), lambda v: v.can_manage_training,
             ("reports:requirement",)),
    )),
    Group(_("Informes"), (
        Page("reports:reports", _("Guardados"), _sees, ("reports:frozen", "reports:freeze", "reports:view",
             "reports:schedule", "reports:delivery")),
        Page("reports:matrix", _("Matriz"), _sees, ("reports:matrix",)),
        Page("reports:hours", _("Horas"), _sees, ("reports:hours",)),
    )),
    Group(_("Avisos"), (
        Page("reports:notices", _("Enviados"), _reads),
        Page("reports:notices_unreached", _("Sin correo"), _reads, ("reports:notices_retry",)),
    )),
    Group(_("Administración"), (
        Page("reports:certificates", _("Certificados"), lambda v: v.can_revoke, ("reports:certificate",)),
        Page("reports:delegation", _("Delegar"), lambda v: v.is_staff, ("reports:delegation",)),
        Page("reports:roles", _("Roles"), lambda v: v.is_administrator, ("reports:role",)),
        Page("reports:places", _("Instituciones"), lambda v: v.is_administrator, ("reports:place",)),
        Page("tokens:list", _("Sistemas"), _holds_programs, ("tokens:",)),
    )),
)  # fmt: skip


def build_tabs(*, viewer: Viewer, view: str) -> Tabs:
    """What the viewer may open, and where it is (``view``: name of the present view). No query."""
    groups: list[Link] = []
    pages: list[Link] = []
    for group in GROUPS:
        allowed = [page for page in group.pages if page.may(viewer)]
        if not allowed:
            continue
        is_here = any(page.holds(view) for page in group.pages)
        label = str(group.label) if len(allowed) > 1 else str(_alone(group, allowed[0]))
        groups.append(Link(reverse(allowed[0].view), label, is_here))
        if is_here and len(allowed) > 1:
            pages = [Link(reverse(page.view), str(page.label), page.holds(view)) for page in allowed]
    return Tabs(groups, pages)


def _alone(group: Group, page: Page) -> str | Promise:
    """The name of a group of which only one page may be opened: the page's, unless that is its first."""
    return group.label if page is group.pages[0] else page.label
