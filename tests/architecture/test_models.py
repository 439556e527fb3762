"""What holds for every table."""

import inspect

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

from tests.architecture.tree import PACKAGES, ROOT

PERSONAL_FIELDS = {
    "email", "first_name", "last_name", "given_names", "family_names", "full_name", "display_name",
    "phone", "birth_date", "run", "run_masked", "run_fingerprint", "ip_address", "user_agent",
}  # fmt: skip
PERSONS = {"people.Person", "people.User"}


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in PACKAGES]


def concerns_a_person(model: type[models.Model]) -> bool:
    if model._meta.label in PERSONS:
        return True
    fields = model._meta.local_fields + model._meta.local_many_to_many
    targets = {field.related_model._meta.label for field in fields if field.related_model}
    return bool(targets & PERSONS or {field.name for field in fields} & PERSONAL_FIELDS)


def test_every_table_about_a_person_says_what_it_keeps() -> None:
    silent = [
        model._meta.label
        for model in own_models()
        if concerns_a_person(model) and "PII:" not in (inspect.getdoc(model) or "")
    ]
    assert not silent


@pytest.mark.django_db  # a migration of wagtail-localize asks which others were run
def test_no_migration_is_missing() -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    with translation.override(None):  # migrations keep the texts as they stand in the code
        detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
        changes = detector.changes(graph=loader.graph)
    own = {config.label for config in apps.get_app_configs() if config.name.split(".")[0] in PACKAGES}
    assert not {label: changes[label] for label in own & set(changes)}


def test_every_migration_has_a_telling_name() -> None:
    files = [file for package in PACKAGES for file in (ROOT / package).rglob("migrations/*.py")]
    assert not [file.name for file in files if "_auto_" in file.name]
