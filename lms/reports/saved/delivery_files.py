"""The file of a saved view at the moment of sending: what its owner would download then."""

import io
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.http import Http404, QueryDict

from lms.people.policy import Action, Viewer
from lms.reports.compliance.selectors_standing import people_rows
from lms.reports.compliance.standing_scope import NothingToShowError, StandingScope, enter_scope
from lms.reports.files import open_file
from lms.reports.hours.hours_filters import read_year, working_hours
from lms.reports.hours.selectors_hours import get_hours
from lms.reports.matrix.selectors_matrix import list_columns, people_of
from lms.reports.models import ReportSchedule, SavedView
from lms.reports.saved.delivery_papers import compliance_paper, hours_paper, matrix_paper
from lms.reports.table_files import hours_file, matrix_file, people_file
from lms.ui.pdf import render_sheet


class ViewLostError(Exception):
    """What the view shows is not there any more: the requirement was withdrawn, the people are gone."""


@dataclass(frozen=True)
class DeliveryFile:
    """The bytes, the name to download them by, and of how many people they tell by name."""

    content: IO[bytes]
    name: str
    people: int


def make_delivery_file(*, schedule: ReportSchedule, owner: Viewer, at: datetime) -> DeliveryFile:
    """The file in the schedule's format. Queries as those of the page's own export.

    Raises:
        ViewLostError: see there.
    """
    view = schedule.view
    data = QueryDict(view.query)
    try:
        scope = enter_scope(viewer=owner, action=Action.EXPORT_PEOPLE, data=data, at=at)
    except (Http404, NothingToShowError):
        raise ViewLostError from None
    if scope.institution.pk != view.institution_id or scope.unit_ids is not None:
        raise ViewLostError
    if scope.requirement is None and view.page in (SavedView.Page.COMPLIANCE, SavedView.Page.PEOPLE):
        raise ViewLostError
    if schedule.format == ReportSchedule.Format.PDF:
        return _paper(view, scope, data)
    return _table(view, scope, data, schedule.format)


def _table(view: SavedView, scope: StandingScope, data: QueryDict, kind: str) -> DeliveryFile:
    if view.page == SavedView.Page.MATRIX:
        columns = list_columns(scope=scope, codes=data.getlist("curso"))
        table, people = matrix_file(scope=scope, courses=columns.courses), people_of(scope=scope).count()
    elif view.page == SavedView.Page.HOURS:
        year = read_year(data, today=scope.today)
        book = get_hours(scope=scope, year=year, working=working_hours())
        table, people = hours_file(scope=scope, book=book), len(book.people)
    else:
        table, people = people_file(scope=scope), people_rows(scope=scope).count()
    return DeliveryFile(open_file(table=table, kind=kind), f"{table.name}.{kind}", people)


def _paper(view: SavedView, scope: StandingScope, data: QueryDict) -> DeliveryFile:
    if view.page == SavedView.Page.MATRIX:
        columns = list_columns(scope=scope, codes=data.getlist("curso"))
        sheet = matrix_paper(view=view, scope=scope, courses=columns.courses)
    elif view.page == SavedView.Page.HOURS:
        year = read_year(data, today=scope.today)
        sheet = hours_paper(
            view=view, scope=scope, book=get_hours(scope=scope, year=year, working=working_hours())
        )
    else:
        sheet = compliance_paper(view=view, scope=scope)
    name = f"{view.page}-{scope.institution.code}-{scope.day.isoformat()}.pdf"
    return DeliveryFile(io.BytesIO(render_sheet(sheet=sheet)), name, 0)
