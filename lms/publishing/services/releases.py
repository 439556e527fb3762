"""Keeping versions of the open data."""

import gzip
import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lms.plan.models import ActionPlan
from lms.plan.selectors.open_data import DataFile
from lms.publishing.models import DataRelease, FileContent, ReleasedFile
from lms.publishing.selectors import datapackage
from lms.publishing.selectors.files import build_file
from lms.publishing.selectors.plans import list_public_plans
from lms.publishing.selectors.tables import SUFFIXES, TABLES


def release_changed_plans(*, at: datetime) -> int:
    """A new version of each public plan whose files are not those of its last one; how many."""
    return sum(release_data(plan_id=plan.pk, at=at) is not None for plan in list_public_plans())


@transaction.atomic
def release_data(*, plan_id: int, at: datetime) -> DataRelease | None:
    """A new version of a plan's files; ``None`` where none of them changed or the plan is a draft.

    Raises:
        ActionPlan.DoesNotExist: no such plan.
    """
    plan = ActionPlan.objects.select_for_update(no_key=True).get(pk=plan_id)
    if not plan.is_public:
        return None
    files = [
        build_file(table=table, suffix=suffix, plan=plan) for table in TABLES.values() for suffix in SUFFIXES
    ]
    sums = {file.name: _sum(file.body) for file in files}
    latest = plan.data_releases.first()
    if latest and sums == _sums_of(latest):
        return None
    number = latest.number + 1 if latest else 1
    release = DataRelease.objects.create(plan=plan, number=number, made_at=at)
    sizes = {file.name: (sums[file.name], len(file.body)) for file in files}
    _keep(release, [*files, datapackage.build_datapackage(plan=plan, version=number, files=sizes)])
    return release


def _sums_of(release: DataRelease) -> dict[str, str]:
    """Of its data files; the description of the package names the version and always differs."""
    rows = release.files.exclude(name=datapackage.NAME)
    return dict(rows.values_list("name", "content__sha256"))


def _keep(release: DataRelease, files: Sequence[DataFile]) -> None:
    for order, file in enumerate(files):
        content, _is_new = FileContent.objects.get_or_create(
            sha256=_sum(file.body),
            defaults={"size": len(file.body), "compressed": gzip.compress(file.body, mtime=0)},
        )
        ReleasedFile.objects.create(
            release=release, order=order, name=file.name, media_type=file.content_type, content=content
        )


def _sum(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
