"""Tables of courses. Import from here, not from the topic files."""

from courses.models.catalogue import Competence, Course, CourseRelease, CourseTopic, Law, ReleaseUnit
from courses.models.pages import (
    CatalogueIndexPage,
    CourseCompetence,
    CourseDraw,
    CoursePage,
    LessonPage,
    ModulePage,
)

__all__ = [
    "CatalogueIndexPage",
    "Competence",
    "Course",
    "CourseCompetence",
    "CourseDraw",
    "CoursePage",
    "CourseRelease",
    "CourseTopic",
    "Law",
    "LessonPage",
    "ModulePage",
    "ReleaseUnit",
]
