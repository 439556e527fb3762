"""Two people, or two clicks, that confirm the same file at the same moment."""

from datetime import datetime

import pytest

from lms.indicators.models import PendingUpload
from lms.indicators.services import confirm_upload, edit_indicator, receive_upload
from tests.factories.indicators import IndicatorFactory, csv_of
from tests.factories.people import UserFactory
from tests.xapi.threads import run_at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("is_published", [True, False])
def test_file_that_two_confirm_at_once_is_one_release(at: datetime, is_published: bool) -> None:
    indicator, user = IndicatorFactory(), UserFactory()
    upload = receive_upload(
        indicator_id=indicator.pk, content=csv_of("2025,,,40,64,,"), file_name="datos.csv", note="Datos",
        by_id=user.pk, at=at,
    )  # fmt: skip

    def confirm() -> None:
        confirm_upload(
            indicator_id=indicator.pk, upload_id=upload.pk, by_id=user.pk, at=at, is_published=is_published
        )

    failures = run_at_once(confirm, confirm)
    assert [type(error) for error in failures] == [PendingUpload.DoesNotExist]
    assert indicator.revisions.count() == 1


def test_changes_of_two_indicators_of_one_commitment_wait_for_each_other(at: datetime) -> None:
    one = IndicatorFactory()
    other = IndicatorFactory(commitment=one.commitment)

    def edit(pk: int) -> None:
        for turn in range(10):
            edit_indicator(indicator_id=pk, values={"title": f"Título {turn}"}, changed_by_id=None, at=at)

    assert run_at_once(*(lambda pk=pk: edit(pk) for pk in (one.pk, other.pk, one.pk, other.pk))) == []
    versions = sorted(one.commitment.changes.values_list("version", flat=True))
    assert versions == list(range(1, len(versions) + 1))
