"""Tables of courses. Import from here, not from the topic files."""

from courses.models.catalogue import (
    Competence,
    Course,
    CourseRelease,
    CourseTopic,
    Law,
    ReleaseChange,
    ReleaseTranslation,
    ReleaseUnit,
)
from courses.models.glossary import GlossaryTerm
from courses.models.pages import (
    CatalogueIndexPage,
    CourseCompetence,
    CourseDraw,
    CoursePage,
    LessonPage,
    ModulePage,
)
from courses.models.quality import LinkCheck, QualityOverride

__all__ = [
    "CatalogueIndexPage",
    "Competence",
    "Course",
    "CourseCompetence",
    "CourseDraw",
    "CoursePage",
    "CourseRelease",
    "CourseTopic",
    "GlossaryTerm",
    "Law",
    "LessonPage",
    "LinkCheck",
    "ModulePage",
    "QualityOverride",
    "ReleaseChange",
    "ReleaseTranslation",
    "ReleaseUnit",
]
