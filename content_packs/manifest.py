"""The shape of a pack's files. Pure: msgspec types, one per file."""

from datetime import date
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from courses.quizzes.rules import QuestionKind

Key = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
Text = Annotated[str, Meta(min_length=1)]
Line = Annotated[str, Meta(min_length=1, max_length=255)]


class Shape(Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A file or a part of one: an unknown field is an error, not a surprise."""


class PackFiles(Shape):
    course: str = ""
    laws: str = ""
    plan: str = ""
    glossary: str = ""


class PackManifest(Shape):
    """pack.yaml. A ``model`` is a course that is installed as a draft, to begin others from."""

    code: Key
    version: Annotated[str, Meta(pattern=r"^\d+\.\d+\.\d+$")]
    kind: Literal["course", "model", "plan"]
    title: Line
    language: str
    licence: Line
    files: PackFiles
    authors: list[Line] = []
    description: str = ""


class LawEntry(Shape):
    """One norm of laws.yaml. ``version``: date of the consolidated text that was read."""

    key: Key
    name: Line
    short: Annotated[str, Meta(min_length=1, max_length=100)]
    id_norma: int | None = None
    url: str = ""
    version: date | None = None
    published: date | None = None
    note: Annotated[str, Meta(max_length=255)] = ""


class TermEntry(Shape):
    """One word of glossary.yaml: its meaning, or the jargon that it replaces, or both."""

    term: Annotated[str, Meta(min_length=1, max_length=100)]
    variants: list[Line] = []
    definition: Annotated[str, Meta(max_length=400)] = ""
    avoid_for: list[Line] = []
    source: Annotated[str, Meta(max_length=255)] = ""


class CompetenceEntry(Shape):
    code: Annotated[str, Meta(min_length=1, max_length=20)]
    name: Annotated[str, Meta(min_length=1, max_length=150)]
    level: Annotated[int, Meta(ge=1, le=3)]


class ModuleEntry(Shape):
    code: Key
    title: Line
    lessons: Annotated[list[Key], Meta(min_length=1)]


class DrawEntry(Shape):
    competence: str
    count: Annotated[int, Meta(ge=1, le=50)]


class AssessmentEntry(Shape):
    code: Key
    title: Annotated[str, Meta(min_length=1, max_length=120)]
    pass_percent: Annotated[int, Meta(ge=1, le=100)]
    attempts: Annotated[int, Meta(ge=0, le=100)]
    wait_hours: Annotated[int, Meta(ge=0, le=8760)]
    minutes_per_question: Annotated[int, Meta(ge=1, le=60)]
    blueprint: Annotated[list[DrawEntry], Meta(min_length=1)]


class CompletionEntry(Shape):
    require_all_lessons: bool = True
    require_assessment: bool = True
    require_dilemmas: Annotated[int, Meta(ge=0, le=50)] = 0


class CourseFile(Shape):
    """course.yaml"""

    code: Key
    title: Line
    short_title: Annotated[str, Meta(min_length=1, max_length=80)]
    summary: Annotated[str, Meta(min_length=1, max_length=400)]
    topic: str
    emblem: str
    audience: Annotated[str, Meta(min_length=1, max_length=200)]
    certificate_months: Annotated[int, Meta(ge=0, le=600)]
    pedagogical_hour_minutes: Annotated[int, Meta(ge=30, le=60)]
    outcomes: list[Line]
    competences: list[CompetenceEntry]
    modules: Annotated[list[ModuleEntry], Meta(min_length=1)]
    completion: CompletionEntry
    assessment: AssessmentEntry | None = None
    commitments: list[int] = []


class CourseWords(Shape):
    """translations/<language>/course.yaml: what course.yaml says, in another language.

    ``modules`` and ``competences``: title or name by code.
    """

    title: Line
    short_title: Annotated[str, Meta(min_length=1, max_length=80)]
    summary: Annotated[str, Meta(min_length=1, max_length=400)]
    audience: Annotated[str, Meta(min_length=1, max_length=200)]
    outcomes: list[Line]
    modules: dict[str, Line]
    competences: dict[str, Annotated[str, Meta(min_length=1, max_length=150)]]
    assessment_title: Annotated[str, Meta(max_length=120)] = ""


class LessonHead(Shape):
    """The front matter of a lesson."""

    code: Key
    title: Line
    summary: Annotated[str, Meta(min_length=1, max_length=200)]
    activity_minutes: Annotated[int, Meta(ge=0, le=240)]
    competences: list[str] = []
    outcomes: list[Line] = []


class OptionEntry(Shape):
    text: Annotated[str, Meta(min_length=1, max_length=400)]
    feedback: Text
    correct: bool = False


class ChoiceOptionEntry(OptionEntry):
    """An option of a bank's question. ``is_pinned``: it stays at the end."""

    is_pinned: bool = False


class SourceEntry(Shape):
    law: str = ""
    article: Annotated[str, Meta(max_length=200)] = ""
    note: Annotated[str, Meta(max_length=200)] = ""


class QuestionEntry(Shape, kw_only=True):
    """One question of questions/*.yaml.

    ``options`` for a choice of one or several; ``body`` for the other kinds, with the fields of that
    kind (``courses.quizzes.rules.kinds``).
    """

    key: Key
    competence: str
    difficulty: Annotated[int, Meta(ge=1, le=3)]
    kind: QuestionKind
    stem: Text
    options: Annotated[list[ChoiceOptionEntry], Meta(max_length=10)] = []
    body: dict[str, Any] = {}
    source: SourceEntry
    review: str = ""
    tags: list[Annotated[str, Meta(min_length=1, max_length=60)]] = []


class EffectEntry(Shape):
    who: Annotated[str, Meta(min_length=1, max_length=80)]
    tone: Literal["good", "cost", "bad", "neutral"]
    label: Annotated[str, Meta(min_length=1, max_length=60)]
    text: Text


class ChoiceEntry(Shape):
    key: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=40)]
    text: Text
    recap: Annotated[str, Meta(min_length=1, max_length=160)]
    outcome: Text
    effects: Annotated[list[EffectEntry], Meta(min_length=1, max_length=6)]
    lesson: str = ""
    next: str = ""


class EchoEntry(Shape):
    """What an earlier decision (``scene:choice``) brings about later."""

    after: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]*:[a-z0-9][a-z0-9-]*$", max_length=81)]
    text: Text


class SayEntry(Shape):
    who: Annotated[str, Meta(min_length=1, max_length=60)]
    says: Text


class SceneEntry(Shape):
    key: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=40)]
    heading: Annotated[str, Meta(min_length=1, max_length=120)]
    text: Text
    question: Annotated[str, Meta(min_length=1, max_length=120)]
    choices: Annotated[list[ChoiceEntry], Meta(min_length=2, max_length=5)]
    dialogue: list[SayEntry] = []
    echoes: Annotated[list[EchoEntry], Meta(max_length=8)] = []


class RoleEntry(Shape):
    key: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=40)]
    name: Annotated[str, Meta(min_length=1, max_length=80)]
    text: Text
    start: str = ""


class StakeholderEntry(Shape):
    name: Annotated[str, Meta(min_length=1, max_length=80)]
    stake: Text


class ReminderEntry(Shape):
    text: Text
    law: str = ""
    article: Annotated[str, Meta(max_length=120)] = ""


class CaseLawEntry(Shape):
    law: str
    article: Annotated[str, Meta(max_length=120)]
    summary: Text


class DilemmaFile(Shape):
    """dilemmas/<code>.yaml"""

    code: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=40)]
    title: Annotated[str, Meta(min_length=1, max_length=120)]
    summary: Text
    topic: str
    activity_minutes: Annotated[int, Meta(ge=1, le=60)]
    stakeholders: Annotated[list[StakeholderEntry], Meta(min_length=1)]
    start: str
    scenes: Annotated[list[SceneEntry], Meta(min_length=1, max_length=12)]
    reflection: Text
    closing: Text
    roles: Annotated[list[RoleEntry], Meta(max_length=4)] = []
    epilogue: Annotated[list[EchoEntry], Meta(max_length=20)] = []
    reminder: ReminderEntry | None = None
    law: CaseLawEntry | None = None


class LawSection(Shape):
    law: str
    summary: Text
    article: Annotated[str, Meta(max_length=120)] = ""
    quote: str = ""


class PlainSection(Shape):
    text: Text


class CodeSection(Shape):
    topic: str
    fallback: Text
    acknowledge: bool = False


class ChannelsSection(Shape):
    intro: str = ""


class LocalExampleSection(Shape):
    topic: str
    fallback: Text


class GlossarySection(Shape):
    term: Annotated[str, Meta(min_length=1, max_length=100)]
    definition: Text


class CheckSection(Shape):
    key: Key
    stem: Text
    options: Annotated[list[OptionEntry], Meta(min_length=2, max_length=6)]


class DilemmaSection(Shape):
    code: str


class ImageSection(Shape):
    file: str
    alt: str = ""
    decorative: bool = False
    caption: str = ""


class VideoSection(Shape):
    title: Annotated[str, Meta(min_length=1, max_length=150)]
    file: str
    captions: str
    transcript: Text
    duration: str = ""


class DocumentSection(Shape):
    file: str
    title: str = ""


SECTIONS: dict[str, type[Shape]] = {
    "law": LawSection,
    "plain": PlainSection,
    "code_of_ethics": CodeSection,
    "channels": ChannelsSection,
    "local_example": LocalExampleSection,
    "glossary": GlossarySection,
    "check": CheckSection,
    "dilemma": DilemmaSection,
    "image": ImageSection,
    "video": VideoSection,
    "document": DocumentSection,
}

MARKDOWN_FIELDS: dict[type[Shape], frozenset[str]] = {
    LawSection: frozenset({"summary"}),
    PlainSection: frozenset({"text"}),
    CodeSection: frozenset({"fallback"}),
    ChannelsSection: frozenset({"intro"}),
    LocalExampleSection: frozenset({"fallback"}),
    GlossarySection: frozenset({"definition"}),
    VideoSection: frozenset({"transcript"}),
    SceneEntry: frozenset({"text"}),
    DilemmaFile: frozenset({"closing"}),
    CaseLawEntry: frozenset({"summary"}),
}
"""Fields that hold Markdown; all other text is plain."""
