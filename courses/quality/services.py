"""Reasons for going on in spite of a finding, and what is known of links."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page, Revision, Task, TaskState, WorkflowState

from courses.models import LessonPage, LinkCheck, QualityOverride
from courses.quality.rules import Finding, LinkState
from courses.quality.selectors import list_used_links
from courses.quality.words import tell

OVERRIDE_ACTION = "courses.quality.override"

NEXT_TIME = {
    LinkState.WORKS: timedelta(days=7),
    LinkState.GONE: timedelta(days=1),
    LinkState.FAILS: timedelta(days=1),
    LinkState.UNKNOWN: timedelta(days=7),
}
"""When an address is asked again; one that does not let itself be asked stays unknown."""

_LONGEST_ADDRESS = 2000


@transaction.atomic
def override_finding(
    *, page: Page, finding: Finding, reason: str, user: Any, at: datetime
) -> QualityOverride:
    """Let a page be published in spite of a finding; the reason stays in its history.

    Of two reasons for the same the newer holds, and the history keeps both.
    """
    override, _created = QualityOverride.objects.update_or_create(
        page_id=page.pk,
        rule=finding.rule,
        place=finding.place,
        defaults={"reason": reason, "user": user, "at": at},
    )
    log(
        instance=page,
        action=OVERRIDE_ACTION,
        user=user,
        data={"rule": str(finding.rule), "place": finding.place, "found": tell(finding), "reason": reason},
    )
    return override


@transaction.atomic
def send_back(
    *, task: Task, workflow_state: WorkflowState, revision: Revision, found: Iterable[Finding], user: Any
) -> TaskState:
    """Begin a step of a workflow and end it at once with what was found, before anybody is asked to read."""
    state = task.get_task_state_class()(workflow_state=workflow_state, revision=revision, task=task)
    state.save()
    sent: TaskState = state.reject(user=user, update=False, comment="\n".join(map(tell, found)))
    return sent


def keep_as_draft(*, page: Page) -> None:
    """A page that was never published goes back to being a draft: Wagtail makes it live before it asks."""
    if page.first_published_at is None:
        page.live, page.has_unpublished_changes = False, True
        page.save(update_fields=["live", "has_unpublished_changes"], clean=False)


def note_links(*, pages: Iterable[LessonPage], at: datetime) -> None:
    """Have the addresses of these lessons asked soon, where they are new."""
    _note(list_used_links(pages=pages), at)


@transaction.atomic
def tidy_links(*, at: datetime) -> None:
    """Note what any lesson leads to, and forget what none does any more."""
    pages = LessonPage.objects.select_related("latest_revision").iterator(chunk_size=100)
    used = list_used_links(pages=pages)
    wanted = {LinkCheck.hash_of(url) for url in used}
    gone = [pk for pk, key in LinkCheck.objects.values_list("pk", "url_hash") if key not in wanted]
    LinkCheck.objects.filter(pk__in=gone).delete()
    _note(used, at)


def _note(urls: Iterable[str], at: datetime) -> None:
    LinkCheck.objects.bulk_create(
        [
            LinkCheck(url=url, url_hash=LinkCheck.hash_of(url), due_at=at)
            for url in sorted(urls)
            if len(url) <= _LONGEST_ADDRESS
        ],
        ignore_conflicts=True,
    )


def record_answer(*, link: LinkCheck, state: LinkState, status: int | None, at: datetime) -> None:
    """Keep what an address answered and when to ask again."""
    link.state, link.status, link.checked_at = state, status, at
    link.due_at = at + NEXT_TIME[state]
    link.save(update_fields=["state", "status", "checked_at", "due_at"])


def ask_again(*, urls: Iterable[str], at: datetime) -> int:
    """Have these addresses asked as soon as possible; how many are known."""
    return LinkCheck.objects.filter(url_hash__in=[LinkCheck.hash_of(url) for url in urls]).update(due_at=at)
