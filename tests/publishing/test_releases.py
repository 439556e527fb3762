"""Versions of the files: they can be cited because they never change."""

import hashlib
from datetime import datetime, timedelta

import pytest
from django.test import Client

from lms.plan.models import ActionPlan, Commitment, ImmutableChangeError
from lms.publishing.models import DataRelease, FileContent, ReleasedFile
from lms.publishing.periodic import release_data as every_day
from lms.publishing.services import release_changed_plans, release_data
from tests.queries import count_page_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def release(plan: ActionPlan, at: datetime) -> DataRelease:
    made = release_data(plan_id=plan.pk, at=at)
    assert made is not None
    return made


def test_version_keeps_the_bytes_of_its_day(client: Client, release: DataRelease) -> None:
    before = client.get("/plan/plan/datos/compromisos.csv").content
    Commitment.objects.update(title="Otro título")
    assert client.get("/plan/plan/datos/v/1/compromisos.csv").content == before
    assert client.get("/plan/plan/datos/compromisos.csv").content != before


def test_nothing_new_makes_no_version(release: DataRelease, plan: ActionPlan, at: datetime) -> None:
    assert release_data(plan_id=plan.pk, at=at + timedelta(days=1)) is None
    assert DataRelease.objects.count() == 1


def test_change_makes_the_next_version_and_shares_what_stayed(
    release: DataRelease, plan: ActionPlan, at: datetime
) -> None:
    Commitment.objects.filter(number=2).update(title="Otro título")
    following = release_data(plan_id=plan.pk, at=at + timedelta(days=1))
    assert following is not None
    assert following.number == 2
    same = FileContent.objects.filter(pk__in=release.files.values("content")).filter(
        pk__in=following.files.values("content")
    )
    assert same.count() >= 8


def test_every_day_each_public_plan_is_looked_at(plan: ActionPlan, at: datetime) -> None:
    every_day(at=at)
    assert release_changed_plans(at=at) == 0
    assert DataRelease.objects.get().plan == plan


def test_draft_gets_no_version(plan: ActionPlan, at: datetime) -> None:
    ActionPlan.objects.update(status="draft")
    assert release_data(plan_id=plan.pk, at=at) is None
    assert release_changed_plans(at=at) == 0


def test_checksum_is_that_of_the_bytes(client: Client, release: DataRelease) -> None:
    response = client.get("/plan/plan/datos/v/1/hitos.csv")
    sha256 = hashlib.sha256(response.content).hexdigest()
    assert sha256 in client.get("/plan/plan/datos/v/1/").content.decode()
    assert response["ETag"] == f'"{sha256}"'
    assert "immutable" in response["Cache-Control"]


def test_datapackage_of_a_version_names_sums_and_sizes(client: Client, release: DataRelease) -> None:
    package = client.get("/plan/plan/datos/v/1/datapackage.json").json()
    assert package["version"] == "1.0.0"
    for resource in package["resources"]:
        body = client.get(f"/plan/plan/datos/v/1/{resource['path']}").content
        assert resource["bytes"] == len(body)
        assert resource["hash"] == f"sha256:{hashlib.sha256(body).hexdigest()}"


def test_page_says_how_to_cite(client: Client, release: DataRelease) -> None:
    for path in ("/plan/datos/", "/plan/plan/datos/", "/plan/plan/datos/v/1/"):
        text = client.get(path).content.decode()
        assert (
            "Plan de ejemplo: datos, versión 1, 20 de noviembre de 2026. http://testserver/plan/plan/datos/v/1/"
            in text
        )


@pytest.mark.parametrize("path", ["2/", "0/", "1/otra.csv", "99999999999999999999/", "1/%00"])
def test_version_that_there_is_not_is_not_found(client: Client, release: DataRelease, path: str) -> None:
    assert client.get(f"/plan/plan/datos/v/{path}").status_code == 404


def test_versions_are_not_rewritten(release: DataRelease) -> None:
    file = release.files.all()[0]
    for rewrite in (
        release.save,
        release.delete,
        file.save,
        DataRelease.objects.all().delete,
        ReleasedFile.objects.all().delete,
        lambda: FileContent.objects.update(size=1),
    ):
        with pytest.raises(ImmutableChangeError):
            rewrite()


def test_keeper_makes_a_version_at_once_and_nobody_else(
    client: Client, plan: ActionPlan, pedro: Client, elena: Client
) -> None:
    address = "/plan/gestion/plan/datos/publicar/"
    assert elena.post(address).status_code == 404
    assert client.post(address).status_code == 302
    assert not DataRelease.objects.exists()
    assert "la versión 1" in pedro.post(address, follow=True).content.decode()
    assert "Nada cambió" in pedro.post(address, follow=True).content.decode()


def test_pages_cost_the_same_with_few_and_many_versions(
    client: Client, release: DataRelease, plan: ActionPlan, at: datetime
) -> None:
    few = count_page_queries(client, "/plan/plan/datos/"), count_page_queries(client, "/plan/plan/datos/v/1/")
    DataRelease.objects.bulk_create(
        DataRelease(plan=plan, number=number, made_at=at) for number in range(2, 32)
    )
    many = (
        count_page_queries(client, "/plan/plan/datos/"),
        count_page_queries(client, "/plan/plan/datos/v/1/"),
    )
    assert few == many
    assert max(few) <= 15
