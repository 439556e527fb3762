"""Articles and contacts of before become versions of slots, and go back to where they were."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

OLD, NEW = [("integrity", "0001_initial")], [("integrity", "0004_drop_articles_and_contacts")]
THEN, LATER = datetime(2025, 3, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)


def migrate(targets: list[Any]) -> Any:
    return MigrationExecutor(connection).migrate(targets).apps


@pytest.fixture
def old(transactional_db: None) -> Iterator[Any]:
    """The tables of before; afterwards everything is as new again."""
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield migrate(OLD)
    migrate(newest)


def fill(apps: Any) -> None:
    """Two versions of a code, the second without one of its topics; a contact."""
    place = apps.get_model("people", "Institution").objects.create(code="AA1", name="Servicio")
    code, article = apps.get_model("integrity", "EthicsCode"), apps.get_model("integrity", "CodeArticle")
    first = code.objects.create(
        institution=place, version=1, title="Código", updated_at=THEN, is_current=False
    )
    second = code.objects.create(institution=place, version=2, title="Código", updated_at=LATER)
    article.objects.bulk_create(
        article(code=of, topic=topic, text=text, reference="Título I")
        for of, topic, text in (
            (first, "regalos", "No."),
            (first, "lobby", "Regístralo."),
            (first, "trato", "Bien."),
            (second, "regalos", "Nunca."),
            (second, "trato", "Bien."),
        )
    )
    apps.get_model("integrity", "IntegrityContact").objects.create(
        institution=place, kind="reports", name="Canal", url="https://canal.example/"
    )


def test_what_was_written_is_kept_with_its_history_and_can_go_back(old: Any) -> None:
    fill(old)
    rows = migrate(NEW).get_model("integrity", "SlotVersion").objects.order_by("kind", "number")
    told = rows.values_list("kind", "number", "is_current", "text", "name", "written_at")
    assert [row for row in told if row[0] != "reports"] == [
        ("article_lobby", 1, False, "Regístralo.", "", THEN),
        ("article_lobby", 2, True, "", "", LATER),
        ("article_regalos", 1, False, "No.", "", THEN),
        ("article_regalos", 2, True, "Nunca.", "", LATER),
        ("article_trato", 1, True, "Bien.", "", THEN),
    ]
    assert [row[:5] for row in told if row[0] == "reports"] == [("reports", 1, True, "", "Canal")]

    apps = migrate(OLD)
    articles = apps.get_model("integrity", "CodeArticle").objects.filter(code__is_current=True)
    assert dict(articles.values_list("topic", "text")) == {"regalos": "Nunca.", "trato": "Bien."}
    contacts = apps.get_model("integrity", "IntegrityContact").objects
    assert contacts.values_list("kind", "name", "url").get() == ("reports", "Canal", "https://canal.example/")
