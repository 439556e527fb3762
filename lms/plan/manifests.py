"""The shape of plan.yaml. Pure: msgspec types. ``None`` means that no source read gives the value."""

from datetime import date
from typing import Annotated, Any, Literal

from msgspec import Meta

from content_packs.manifest import Key, Line, Shape, Text

Number = Annotated[int, Meta(ge=1, le=200)]
Percent = Annotated[int, Meta(ge=1, le=100)]


class SourceEntry(Shape):
    """Where a value was read."""

    text: Line
    url: Annotated[str, Meta(pattern=r"^https://", max_length=300)]


class ReviewEntry(Shape):
    """The independent reviewer's figures about the whole plan, in the words of the source."""

    values: dict[str, Any]
    source: SourceEntry
    results: SourceEntry | None = None


class PlanEntry(Shape):
    code: Key
    title: Line
    country: Annotated[str, Meta(min_length=1, max_length=60)]
    period: Annotated[str, Meta(min_length=1, max_length=20)]
    total_commitments: Number
    subnational_commitments: Annotated[str, Meta(max_length=60)]
    design_text: str
    monitoring_text: str
    tables: list[Annotated[str, Meta(min_length=1, max_length=150)]]
    sources: dict[str, SourceEntry]
    level: Literal["national", "sector", "municipal", "institution"] = "national"
    status: Literal["draft", "consultation", "active", "closed"] = "active"
    cycle: Annotated[int, Meta(ge=2011, le=2100)] | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    design_review: ReviewEntry | None = None


class CodingEntry(Shape):
    by: Annotated[str, Meta(min_length=1, max_length=40)]
    values: dict[str, str | None]
    source_url: Annotated[str, Meta(pattern=r"^https://", max_length=200)]
    retrieved_on: date | None = None


class GoalEntry(Shape):
    code: Key
    title: Annotated[str, Meta(min_length=1, max_length=200)]
    course_codes: Annotated[list[Key], Meta(min_length=1)]
    population: Text
    target_percent: Percent | None = None
    due_on: date | None = None
    includes_honorarios: bool = True


class MilestoneEntry(Shape):
    """A milestone as a document publishes it; ``code`` tells it from the others of its commitment."""

    code: Annotated[str, Meta(pattern=r"^[a-z0-9-]{1,20}$")]
    label: Annotated[str, Meta(min_length=1, max_length=300)]
    source: SourceEntry
    description: str = ""
    unit: Annotated[str, Meta(max_length=200)] = ""
    starts_on: date | None = None
    due_on: date | None = None


class BudgetEntry(Shape):
    """An amount in whole units of a currency (ISO 4217)."""

    amount: Annotated[int, Meta(ge=0)]
    currency: Annotated[str, Meta(pattern=r"^[A-Z]{3}$")]


class CommitmentEntry(Shape):
    number: Number
    title: Annotated[str, Meta(min_length=1, max_length=300)]
    is_described: bool
    sources: dict[str, SourceEntry]
    ogp_id: Annotated[str, Meta(min_length=1, max_length=20)] | None = None
    description: Text | None = None
    lead: Annotated[str, Meta(min_length=1, max_length=200)] | None = None
    supporting: list[Line] | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    problem: Text | None = None
    ambition: Text | None = None
    table: Line | None = None
    sdg_targets: list[Line] | None = None
    policy_areas: list[Line] | None = None
    budget: BudgetEntry | None = None
    related: list[Number] = []
    milestones: list[MilestoneEntry] = []
    notes: Text | None = None
    external_codings: list[CodingEntry] = []
    goals: list[GoalEntry] = []


class PlanFile(Shape):
    """plan.yaml"""

    plan: PlanEntry
    commitments: Annotated[list[CommitmentEntry], Meta(min_length=1)]
