"""Versions of the files: which there are, what is in them, how they are cited."""

import gzip
from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from lms.plan.models import ActionPlan
from lms.publishing.models import DataRelease, ReleasedFile
from lms.publishing.selectors.datapackage import publisher_of
from lms.ui.spelling import spell_date


class ReleaseNotFoundError(LookupError):
    """The plan has no such version, or the version no such file."""


@dataclass(frozen=True)
class FileFacts:
    """A file of a version without its bytes."""

    name: str
    media_type: str
    sha256: str
    size: int
    path: str

    @property
    def url(self) -> str:
        return settings.SITE_URL + self.path

    @property
    def kilobytes(self) -> int:
        """Rounded up, so that none is of 0 kB."""
        return -(-self.size // 1000)


@dataclass(frozen=True)
class ReleaseFacts:
    """A version with its files."""

    release: DataRelease
    files: dict[str, FileFacts]

    @property
    def path(self) -> str:
        return reverse("publishing:release", args=[self.release.plan.code, self.release.number])


def find_latest_releases(*, plans: Collection[ActionPlan]) -> dict[int, ReleaseFacts]:
    """The last version of each plan that has one, by the plan's id. Two queries."""
    latest = (
        DataRelease.objects.filter(plan__in=plans)
        .values("plan_id")
        .annotate(last=Max("pk"))
        .values_list("last", flat=True)
    )
    found: dict[int, ReleaseFacts] = {}
    rows = DataRelease.objects.filter(pk__in=list(latest)).select_related("plan__institution")
    releases = {row.pk: row for row in rows}
    files: dict[int, dict[str, FileFacts]] = {pk: {} for pk in releases}
    for file in _files(list(releases)):
        files[file.release_id][file.name] = _facts(file, releases[file.release_id])
    for pk, release in releases.items():
        found[release.plan_id] = ReleaseFacts(release, files[pk])
    return found


def get_release(*, plan: ActionPlan, number: int) -> ReleaseFacts:
    """Two queries.

    Raises:
        ReleaseNotFoundError: see there.
    """
    release = plan.data_releases.filter(number=number).first() if number < 2**31 else None
    if release is None:
        raise ReleaseNotFoundError(number)
    release.plan = plan
    return ReleaseFacts(release, {file.name: _facts(file, release) for file in _files([release.pk])})


def read_content(*, plan: ActionPlan, number: int, name: str) -> tuple[FileFacts, bytes]:
    """The bytes as they were published. Three queries.

    Raises:
        ReleaseNotFoundError: see there.
    """
    facts = get_release(plan=plan, number=number).files.get(name)
    if facts is None:
        raise ReleaseNotFoundError(name)
    file = ReleasedFile.objects.select_related("content").get(
        release__plan=plan, release__number=number, name=name
    )
    return facts, gzip.decompress(bytes(file.content.compressed))


def citation(*, facts: ReleaseFacts, name: str = "") -> str:
    """How a version, or one file of it, is cited: title, version, date, address, and its checksum."""
    plan, release = facts.release.plan, facts.release
    words = {
        "publisher": publisher_of(plan),
        "year": f"{release.made_at.year}",
        "title": plan.title,
        "number": f"{release.number}",
        "day": spell_date(value=release.made_at),
        "url": settings.SITE_URL + facts.path,
    }
    if name not in facts.files:
        return _("%(publisher)s (%(year)s). %(title)s: datos, versión %(number)s, %(day)s. %(url)s") % words
    file = facts.files[name]
    words |= {"name": name, "url": file.url, "sha256": file.sha256}
    return (
        _(
            "%(publisher)s (%(year)s). %(title)s: %(name)s, versión %(number)s, %(day)s. %(url)s. "
            "SHA-256 %(sha256)s"
        )
        % words
    )


def _files(releases: list[int]) -> list[ReleasedFile]:
    rows = ReleasedFile.objects.filter(release__in=releases).select_related("content")
    return list(rows.defer("content__compressed"))


def _facts(file: ReleasedFile, release: DataRelease) -> FileFacts:
    path = reverse("publishing:released_file", args=[release.plan.code, release.number, file.name])
    return FileFacts(file.name, file.media_type, file.content.sha256, file.content.size, path)
