"""Open data: the page that explains the files, and the files."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from lms.plan.models import ActionPlan
from lms.plan.selectors import find_current_plan
from lms.plan.selectors.commitments import list_commitment_parts
from lms.plan.selectors.dictionary import COMMITMENT_DICTIONARY, COVERAGE_DICTIONARY, list_files
from lms.plan.selectors.open_data import (
    LICENCE,
    LICENCE_URL,
    DataFile,
    commitment_document,
    coverage_tag,
    entity_tag,
)
from lms.plan.selectors.open_data import commitments_csv as build_commitments_csv
from lms.plan.selectors.open_data import commitments_json as build_commitments_json
from lms.plan.selectors.open_data import coverage_csv as build_coverage_csv
from lms.plan.selectors.open_data import coverage_json as build_coverage_json
from lms.plan.selectors.snapshots import list_all_goal_coverage, list_whole_snapshots

CACHE_SECONDS = 60


@login_not_required
@require_safe
def data_page(request: HttpRequest) -> HttpResponse:
    """Which files there are, what their columns mean, how they may be used."""
    plan, documents = _commitments()
    commitments = [
        build_commitments_json(plan=plan, documents=documents),
        build_commitments_csv(documents=documents),
    ]
    context = {
        "files": list_files(commitments=commitments, goals=list_all_goal_coverage()),
        "commitment_dictionary": COMMITMENT_DICTIONARY,
        "coverage_dictionary": COVERAGE_DICTIONARY,
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
    }
    return render(request, "plan/data.html", context)


@login_not_required
@require_safe
def commitments_json(request: HttpRequest) -> HttpResponse:
    """The commitments with the source of each value."""
    plan, documents = _commitments()
    return _send(request, file=build_commitments_json(plan=plan, documents=documents))


@login_not_required
@require_safe
def commitments_csv(request: HttpRequest) -> HttpResponse:
    """The commitments as a table."""
    _plan, documents = _commitments()
    return _send(request, file=build_commitments_csv(documents=documents))


@login_not_required
@require_safe
def coverage_json(request: HttpRequest) -> HttpResponse:
    """The published cube of every goal."""
    return _send_coverage(request, build=build_coverage_json)


@login_not_required
@require_safe
def coverage_csv(request: HttpRequest) -> HttpResponse:
    """The published cube of every goal as a table."""
    return _send_coverage(request, build=build_coverage_csv)


def _commitments() -> tuple[ActionPlan | None, list[dict[str, Any]]]:
    """The current plan and its commitments as published. Four queries."""
    plan = find_current_plan()
    parts = list_commitment_parts(plan=plan) if plan else []
    return plan, [
        commitment_document(commitment=commitment, goals=goals, codings=codings)
        for commitment, goals, codings in parts
    ]


def _send_coverage(request: HttpRequest, *, build: Callable[..., DataFile]) -> HttpResponse:
    goals = [(goal.goal, goal.snapshot) for goal in list_all_goal_coverage() if goal.snapshot]
    tag = coverage_tag(goals=goals)
    answer = get_conditional_response(request, etag=tag)
    if answer is None:
        file = build(goals=list_whole_snapshots(goal_ids=[goal.pk for goal, _snapshot in goals]))
        answer = _respond(file)
    return _with_headers(answer, tag=tag)


def _send(request: HttpRequest, *, file: DataFile) -> HttpResponse:
    tag = entity_tag(body=file.body)
    answer = get_conditional_response(request, etag=tag) or _respond(file)
    return _with_headers(answer, tag=tag)


def _respond(file: DataFile) -> HttpResponse:
    disposition = f'attachment; filename="{file.name}"'
    return HttpResponse(
        file.body, content_type=file.content_type, headers={"Content-Disposition": disposition}
    )


def _with_headers(response: HttpResponse, *, tag: str) -> HttpResponse:
    """Anybody may keep the file for a minute, and any page may read it."""
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = f"public, max-age={CACHE_SECONDS}"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
