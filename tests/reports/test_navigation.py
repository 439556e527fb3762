"""The sections of the staff area: what one may open, and where one is."""

import pytest
from django.urls import reverse

from lms.people.models import Role
from lms.people.policy import Grant, Viewer
from lms.reports.navigation import GROUPS, build_tabs

HR = Viewer(user_id=1, grants=(Grant(Role.HR, 7),))
LEAD = Viewer(user_id=2, grants=(Grant(Role.TEAM_LEAD, 7, unit_ids=frozenset({3})),))
ADMINISTRATOR = Viewer(user_id=3, grants=(Grant(Role.ADMINISTRATOR, None),))
AUDITOR = Viewer(user_id=4, grants=(Grant(Role.AUDITOR, None),))


def labels(viewer: Viewer, view: str = "reports:compliance") -> list[str]:
    return [link.label for link in build_tabs(viewer=viewer, view=view).groups]


@pytest.mark.parametrize(
    "page", [page for group in GROUPS for page in group.pages], ids=lambda page: page.view
)
def test_every_page_has_an_address(page: object) -> None:
    assert reverse(page.view)  # type: ignore[attr-defined]


def test_hr_has_every_group_but_only_its_pages() -> None:
    assert labels(HR)[:5] == ["Cumplimiento", "Personas", "Exigencias", "Informes", "Avisos"]
    pages = [link.label for link in build_tabs(viewer=HR, view="reports:people").pages]
    assert "Por institución" not in pages
    assert pages[:2] == ["Lista", "Nómina"]


def test_a_team_lead_is_not_led_to_what_it_may_not_open() -> None:
    assert labels(LEAD) == ["Cumplimiento", "Personas", "Informes", "Delegar"]


def test_whoever_reaches_everything_compares_institutions() -> None:
    pages = [link.label for link in build_tabs(viewer=AUDITOR, view="reports:compliance").pages]
    assert "Por institución" in pages


def test_a_group_of_one_page_has_the_name_of_the_page() -> None:
    assert "Roles" in [link.label for link in build_tabs(viewer=ADMINISTRATOR, view="reports:roles").pages]


@pytest.mark.parametrize(
    ("view", "group", "page"),
    [
        ("reports:person", "Personas", "Lista"),
        ("reports:roster_columns", "Personas", "Nómina"),
        ("reports:requirement_edit", "Exigencias", None),
        ("reports:frozen", "Informes", "Guardados"),
    ],
)
def test_a_page_below_another_is_in_its_place(view: str, group: str, page: str | None) -> None:
    tabs = build_tabs(viewer=HR, view=view)
    assert [link.label for link in tabs.groups if link.is_here] == [group]
    assert [link.label for link in tabs.pages if link.is_here] == ([page] if page else [])
