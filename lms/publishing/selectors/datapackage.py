"""The data dictionary for programs: a Frictionless Data Package with a Table Schema for each CSV.

https://datapackage.org/standard/data-package/ and https://datapackage.org/standard/table-schema/
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from lms.plan.models import ActionPlan
from lms.plan.selectors.open_data import LICENCE, LICENCE_URL, DataFile, write_json
from lms.publishing.selectors.fields import FALSE, TRUE, Field, Table
from lms.publishing.selectors.files import MEDIA_TYPES
from lms.publishing.selectors.tables import SUFFIXES, TABLES

NAME = "datapackage.json"
LICENCE_CODE = "CC-BY-4.0"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def build_datapackage(
    *, plan: ActionPlan, version: int | None = None, files: Mapping[str, tuple[str, int]] | None = None
) -> DataFile:
    """The description of all files; no query.

    Args:
        version: of the release that it belongs to; none for the files as they are now.
        files: SHA-256 and size of each file of that release, by name.
    """
    with translation.override(settings.LANGUAGE_CODE):
        document = _package(plan, version, files or {})
    return DataFile(NAME, "application/json; charset=utf-8", write_json(document))


def _package(plan: ActionPlan, version: int | None, files: Mapping[str, tuple[str, int]]) -> dict[str, Any]:
    document: dict[str, Any] = {
        "$schema": PROFILE,
        "name": plan.code,
        "title": plan.title,
        "homepage": settings.SITE_URL + reverse("publishing:plan_data", args=[plan.code]),
        "licenses": [{"name": LICENCE_CODE, "title": LICENCE, "path": LICENCE_URL}],
        "contributors": [{"title": publisher_of(plan), "roles": ["publisher"]}],
        "resources": [_resource(table, suffix, files) for table in TABLES.values() for suffix in SUFFIXES],
    }
    if version is not None:
        document["version"] = f"{version}.0.0"
    return document


def publisher_of(plan: ActionPlan) -> str:
    """Whose plan it is, else who runs the site."""
    return str(plan.institution.name if plan.institution else settings.WAGTAIL_SITE_NAME)


def _resource(table: Table, suffix: str, files: Mapping[str, tuple[str, int]]) -> dict[str, Any]:
    name = f"{table.name}.{suffix}"
    resource: dict[str, Any] = {
        "name": f"{table.name}-{suffix}",
        "path": name,
        "title": str(table.title),
        "description": str(table.text),
        "format": suffix,
        "mediatype": MEDIA_TYPES[suffix],
        "encoding": "utf-8",
    }
    if suffix == "csv":
        resource |= {"type": "table", "schema": table_schema(table=table)}
    if name in files:
        sha256, size = files[name]
        resource |= {"hash": f"sha256:{sha256}", "bytes": size}
    return resource


def table_schema(*, table: Table) -> dict[str, Any]:
    """The columns of a CSV file."""
    schema: dict[str, Any] = {
        "fields": [_field(field) for field in table.fields],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    return schema


def _field(field: Field) -> dict[str, Any]:
    described: dict[str, Any] = {"name": field.name, "description": str(field.meaning)}
    if field.kind == "boolean":
        return described | {"type": "boolean", "trueValues": [TRUE], "falseValues": [FALSE]}
    # A list is written with semicolons in a CSV.
    return described | {"type": "string" if field.kind == "array" else field.kind}
