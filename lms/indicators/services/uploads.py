"""A file of data: checked and kept, shown with its differences, then written whole or not at all."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from lms.indicators.models import IndicatorRevision, PendingUpload
from lms.indicators.rules.checking import check_sheet
from lms.indicators.rules.comparing import Diff, TotalWarning, compare, find_locked, find_unequal_totals
from lms.indicators.rules.definitions import find_redefined, measure_mark
from lms.indicators.rules.problems import RowProblem
from lms.indicators.rules.shapes import Row
from lms.indicators.rules.sheets import open_sheet
from lms.indicators.selectors.revisions import find_base, list_locked_periods, read_rows
from lms.indicators.services.locks import lock_indicator
from lms.indicators.services.revisions import write_revision

KEPT_DAYS = 7
"""A file that nobody confirms is deleted with the next upload after so many days."""


class UploadRefusedError(ValueError):
    """The file has wrong rows; nothing was written."""


class NothingNewError(ValueError):
    """The file says what is published already."""


class PreviewOutdatedError(ValueError):
    """Somebody published other data since the preview: it has to be looked at again."""


@dataclass(frozen=True)
class Preview:
    """What a file would do."""

    rows: Sequence[Row]
    problems: Sequence[RowProblem]
    warnings: Sequence[TotalWarning]
    diff: Diff
    base: IndicatorRevision | None

    @property
    def is_acceptable(self) -> bool:
        return not self.problems and not self.diff.is_empty


@transaction.atomic
def receive_upload(
    *, indicator_id: int, content: bytes, file_name: str, note: str, by_id: int, at: datetime
) -> PendingUpload:
    """Keeps a file that can be read, for its preview; replaces the one that its author left open.

    Raises:
        FileRefusedError: it is no table of this indicator.
    """
    indicator = lock_indicator(indicator_id=indicator_id)
    open_sheet(content=content, shape=indicator.shape)
    indicator.pending.filter(uploaded_by_id=by_id).delete()
    PendingUpload.objects.filter(uploaded_at__lt=at - timedelta(days=KEPT_DAYS)).delete()
    return PendingUpload.objects.create(
        indicator=indicator,
        uploaded_by_id=by_id,
        uploaded_at=at,
        file_name=file_name,
        content=content,
        note=note,
        base=find_base(indicator=indicator),
    )


def preview_upload(*, upload: PendingUpload) -> Preview:
    """Reads the file again: the indicator, its data or its closed periods may have changed.

    Raises:
        FileRefusedError: the columns are no longer those of the indicator.
    """
    indicator = upload.indicator
    checked = check_sheet(
        sheet=open_sheet(content=bytes(upload.content), shape=indicator.shape), shape=indicator.shape
    )
    base = find_base(indicator=indicator)
    redefined = find_redefined(before=base.said, after=indicator.said) if base else ()
    diff = compare(before=read_rows(revision=base), after=checked.rows, redefined=redefined)
    locked = list_locked_periods(list(indicator.locks.all()))
    problems = [*checked.problems, *find_locked(diff=diff, locked=locked)]
    return Preview(
        rows=checked.rows,
        problems=sorted(problems, key=lambda one: one.line),
        warnings=find_unequal_totals(rows=checked.rows),
        diff=diff,
        base=base,
    )


@transaction.atomic
def confirm_upload(
    *,
    indicator_id: int,
    upload_id: int,
    by_id: int,
    at: datetime,
    is_published: bool = True,
    measured: str = "",
) -> IndicatorRevision:
    """All rows become a new revision; the file is not kept, its hash is.

    ``measured``: :func:`measure_mark` of the preview that is confirmed; empty does not ask.

    Raises:
        PendingUpload.DoesNotExist: confirmed, discarded or replaced already.
        FileRefusedError, UploadRefusedError, NothingNewError, PreviewOutdatedError: see there.
    """
    # Read under the lock: whoever confirms at the same time waits for it and finds nothing any more.
    indicator = lock_indicator(indicator_id=indicator_id)
    upload = indicator.pending.get(pk=upload_id)
    preview = preview_upload(upload=upload)
    if preview.problems:
        raise UploadRefusedError(upload_id)
    if preview.diff.is_empty:
        raise NothingNewError(upload_id)
    if (preview.base.pk if preview.base else None) != upload.base_id:
        raise PreviewOutdatedError(upload_id)
    if measured and measured != measure_mark(said=indicator.said):
        raise PreviewOutdatedError(upload_id)
    content = bytes(upload.content)
    revision = write_revision(
        indicator=indicator,
        rows=preview.rows,
        file_name=upload.file_name,
        sha256=hashlib.sha256(content).hexdigest(),
        note=upload.note,
        uploaded_by_id=by_id,
        at=at,
        is_published=is_published,
    )
    upload.delete()
    return revision


def renew_base(*, upload: PendingUpload) -> None:
    """The preview is shown again beside the data of now; nothing happens if the file is gone by then."""
    upload.base = find_base(indicator=upload.indicator)
    PendingUpload.objects.filter(pk=upload.pk).update(base=upload.base)


def discard_upload(*, upload: PendingUpload) -> None:
    """The file is forgotten."""
    upload.delete()
