"""A pack as plain data. Pure."""

from dataclasses import dataclass, field
from pathlib import Path

from content_packs.manifest import CourseFile, DilemmaFile, LawEntry, PackManifest, QuestionEntry
from content_packs.problems import Problem
from content_packs.sections import LessonFile


@dataclass
class Pack:
    """A pack read whole. ``root`` is its folder."""

    root: Path
    manifest: PackManifest
    laws: list[LawEntry] = field(default_factory=list)
    course: CourseFile | None = None
    lessons: dict[str, LessonFile] = field(default_factory=dict)
    dilemmas: dict[str, DilemmaFile] = field(default_factory=dict)
    questions: list[QuestionEntry] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
