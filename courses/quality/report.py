"""The quality report of a course, as its screen shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise

from courses.models import CoursePage, LinkCheck, QualityOverride
from courses.quality.rules import Finding, check_course
from courses.quality.rules.reading import measure_lesson
from courses.quality.rules.weight import SHARED, Weight, weigh
from courses.quality.selectors import CourseDraft, list_overrides, read_course
from courses.quality.words import WORDS, advise, tell
from courses.readability import Readability


@dataclass(frozen=True)
class Row:
    """One finding in words. ``url``: where to mend it. ``override``: why somebody went on."""

    is_blocking: bool
    what: str
    advice: str
    source: Promise | str
    url: str
    override: QualityOverride | None

    @property
    def is_open(self) -> bool:
        """It keeps its page from being published."""
        return self.is_blocking and self.override is None


@dataclass(frozen=True)
class Facts:
    """What a lesson is like, whatever the rules say."""

    reading: Readability
    weight: Weight


@dataclass(frozen=True)
class Section:
    """One page of the course. ``facts`` None: the page of the course itself."""

    page_id: int
    title: str
    module: str
    is_live: bool
    rows: list[Row]
    facts: Facts | None = None

    @property
    def url(self) -> str:
        return _edit_url(self.page_id)

    @property
    def blocking_count(self) -> int:
        return sum(row.is_open for row in self.rows)

    @property
    def advice_count(self) -> int:
        return sum(not row.is_blocking for row in self.rows)


@dataclass(frozen=True)
class LinkFacts:
    """What is known of the course's links. ``oldest``: the answer that is longest ago."""

    total: int
    works: int
    gone: int
    fails: int
    unknown: int
    oldest: datetime | None


@dataclass(frozen=True)
class QualityReport:
    sections: list[Section]
    links: LinkFacts
    urls: tuple[str, ...]

    @property
    def rows(self) -> list[Row]:
        return [row for section in self.sections for row in section.rows]

    @property
    def blocking_count(self) -> int:
        return sum(row.is_open for row in self.rows)

    @property
    def overridden_count(self) -> int:
        return sum(row.is_blocking and not row.is_open for row in self.rows)

    @property
    def advice_count(self) -> int:
        return sum(not row.is_blocking for row in self.rows)

    @property
    def total_bytes(self) -> int:
        """What travels to whoever reads the whole course: pages, pictures, and once what the site shares."""
        weights = [section.facts.weight for section in self.sections if section.facts]
        return sum(weight.html + weight.images for weight in weights) + SHARED

    @property
    def shared_bytes(self) -> int:
        return SHARED


def make_report(*, page: CoursePage) -> QualityReport:
    """The report of a course in its newest drafts. At most 16 queries, however many lessons it has."""
    draft = read_course(page=page)
    overrides = list_overrides(page_ids=[page.pk, *(lesson.page_id for lesson in draft.lessons)])
    found = check_course(draft.text)
    sections = [
        Section(
            page.pk, draft.text.title, "", page.live, _rows(found, "", page.pk, draft.question_ids, overrides)
        )
    ]
    sections += [
        Section(
            lesson.page_id,
            lesson.text.title,
            lesson.module_title,
            lesson.is_live,
            _rows(found, lesson.text.key, lesson.page_id, {}, overrides),
            Facts(measure_lesson(lesson.text), weigh(lesson.text, draft.text)),
        )
        for lesson in draft.lessons
    ]
    return QualityReport(sections, _link_facts(draft), tuple(draft.text.links))


def edit_url(*, page_id: int, finding: Finding, question_ids: dict[str, int]) -> str:
    """Where a finding is mended: its question, its block, or its page."""
    if finding.subject in question_ids:
        return reverse("wagtailsnippets_quizzes_question:edit", args=[question_ids[finding.subject]])
    return _edit_url(page_id) + (f"#block-{finding.block}-section" if finding.block else "")


def _edit_url(page_id: int) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page_id])


def _rows(
    found: Iterable[Finding],
    key: str,
    page_id: int,
    question_ids: dict[str, int],
    overrides: dict[tuple[int, str, str], QualityOverride],
) -> list[Row]:
    """The findings of one page, those that block first."""
    rows = [
        Row(
            finding.is_blocking,
            tell(finding),
            advise(finding),
            WORDS[finding.rule].source,
            edit_url(page_id=page_id, finding=finding, question_ids=question_ids),
            overrides.get((page_id, finding.rule, finding.place)) if finding.is_blocking else None,
        )
        for finding in found
        if finding.lesson == key
    ]
    return sorted(rows, key=lambda row: (not row.is_open, not row.is_blocking))


def _link_facts(draft: CourseDraft) -> LinkFacts:
    states = [str(state) for state in draft.text.links.values()]
    state = LinkCheck.State
    dates = [link.checked_at for link in draft.links if link.checked_at]
    return LinkFacts(
        total=len(states),
        works=states.count(state.WORKS),
        gone=states.count(state.GONE),
        fails=states.count(state.FAILS),
        unknown=states.count(state.UNKNOWN),
        oldest=min(dates, default=None),
    )
