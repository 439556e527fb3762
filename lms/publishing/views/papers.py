"""Papers: a commitment for everybody, and drafts of reports for whoever keeps the plan."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from lms.lib import clock
from lms.lib.paper import Paper
from lms.lib.word_document import MEDIA_TYPE, write_word
from lms.plan.rules.progress import HalfYear, HalfYearError
from lms.plan.selectors.open_data import DataFile
from lms.publishing.papers import commitment_paper, half_year_paper, self_assessment_paper
from lms.publishing.papers.reports import period_words
from lms.publishing.selectors.records import list_records
from lms.publishing.views.releases import kept_plan
from lms.publishing.views.sending import public_plan, send_file
from lms.ui.components import Choice
from lms.ui.pdf import render_paper

PERIODS_OFFERED = 6


@login_not_required
@require_safe
def commitment_sheet(request: HttpRequest, plan_code: str, number: int) -> HttpResponse:
    """A commitment as PDF."""
    records = list_records(plan=public_plan(plan_code), number=number)
    if not records:
        raise Http404
    with translation.override(settings.LANGUAGE_CODE):
        body = render_paper(paper=commitment_paper(record=records[0], at=_today()))
    name = f"compromiso-{number}-{plan_code}.pdf"
    return send_file(request, file=DataFile(name, "application/pdf", body))


@require_safe
def reports(request: HttpRequest, plan_code: str) -> HttpResponse:
    """Which drafts there are, and of which half-year."""
    plan = kept_plan(request, plan_code)
    period = _period(request)
    context = {
        "plan": plan,
        "period": period,
        "period_words": period_words(period),
        "periods": [Choice(str(one), capfirst(period_words(one)), one == period) for one in _offered()],
        "latest": plan.data_releases.first(),
    }
    return render(request, "publishing/reports.html", context)


@require_safe
def half_year_report(request: HttpRequest, plan_code: str, suffix: str) -> HttpResponse:
    """The draft of the half-yearly report."""
    plan = kept_plan(request, plan_code)
    at, period = clock.now(), _period(request)
    with translation.override(settings.LANGUAGE_CODE):
        paper = half_year_paper(
            plan=plan,
            records=list_records(plan=plan),
            period=period,
            at=at,
            today=clock.local_date(at),
        )
    return _send(paper, name=f"informe-semestral-{period}-{plan.code}", suffix=suffix)


@require_safe
def self_assessment(request: HttpRequest, plan_code: str, suffix: str) -> HttpResponse:
    """The draft of OGP's self-assessment."""
    plan = kept_plan(request, plan_code)
    with translation.override(settings.LANGUAGE_CODE):
        paper = self_assessment_paper(plan=plan, records=list_records(plan=plan), at=clock.now())
    return _send(paper, name=f"autoevaluacion-{plan.code}", suffix=suffix)


def _today() -> datetime:
    """The beginning of the day: the same paper all day long has the same bytes."""
    return clock.start_of_day(clock.local_date(clock.now()))


def _send(paper: Paper, *, name: str, suffix: str) -> HttpResponse:
    is_pdf = suffix == "pdf"
    body = render_paper(paper=paper) if is_pdf else write_word(paper=paper)
    disposition = f'attachment; filename="{name}.{suffix}"'
    return HttpResponse(
        body,
        content_type="application/pdf" if is_pdf else MEDIA_TYPE,
        headers={"Content-Disposition": disposition},
    )


def _period(request: HttpRequest) -> HalfYear:
    """The half-year asked for; else the last one that ended. A value nobody offered counts as not asked."""
    try:
        return HalfYear.read(request.GET.get("periodo", ""))
    except HalfYearError:
        return _offered()[1]


def _offered() -> list[HalfYear]:
    """This half-year and those before it."""
    periods = [HalfYear.of(clock.local_date(clock.now()))]
    while len(periods) < PERIODS_OFFERED:
        periods.append(periods[-1].previous)
    return periods
