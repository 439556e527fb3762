"""How long a required training takes."""

from collections.abc import Collection

from courses.models import CourseRelease
from lms.progress.models import RequirementVersion
from lms.progress.rules.requirements import Mode


def read_minutes(*, requirement_ids: Collection[int]) -> dict[int, int]:
    """Minutes of what each requirement asks now: of all its courses, or of the shortest. Two queries."""
    versions = RequirementVersion.objects.filter(requirement_id__in=requirement_ids).order_by("number")
    specs = {version.requirement_id: version.read_spec() for version in versions}
    courses = {course for spec in specs.values() for course in spec.courses}
    releases = CourseRelease.objects.filter(is_current=True, course_id__in=courses)
    minutes = {release.course_id: release.outline.minutes for release in releases}
    found = {}
    for requirement_id, spec in specs.items():
        times = [minutes[course] for course in spec.courses if course in minutes]
        if times:
            found[requirement_id] = min(times) if spec.mode == Mode.ANY else sum(times)
    return found
