"""A pack as plain data. Pure."""

from dataclasses import dataclass, field
from pathlib import Path

from content_packs.manifest import (
    CourseFile,
    CourseWords,
    DilemmaFile,
    LawEntry,
    PackManifest,
    QuestionEntry,
    TermEntry,
)
from content_packs.problems import Problem
from content_packs.sections import LessonFile


@dataclass
class PackTranslation:
    """What of a pack is translated into one language; what is missing is read in the pack's own."""

    language: str
    course: CourseWords
    lessons: dict[str, LessonFile] = field(default_factory=dict)
    dilemmas: dict[str, DilemmaFile] = field(default_factory=dict)
    questions: list[QuestionEntry] = field(default_factory=list)


@dataclass
class Pack:
    """A pack read whole. ``root`` is its folder."""

    root: Path
    manifest: PackManifest
    laws: list[LawEntry] = field(default_factory=list)
    terms: list[TermEntry] = field(default_factory=list)
    course: CourseFile | None = None
    lessons: dict[str, LessonFile] = field(default_factory=dict)
    dilemmas: dict[str, DilemmaFile] = field(default_factory=dict)
    questions: list[QuestionEntry] = field(default_factory=list)
    translations: list[PackTranslation] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    @property
    def is_model(self) -> bool:
        return self.manifest.kind == "model"
