"""Releases made before get the words that their indicator has now: what it said then was not kept."""

from decimal import Decimal

from django.db import migrations

WORDS = (
    "title", "definition", "method", "origin_text", "origin_url", "unit", "direction", "numerator_label",
    "denominator_label", "baseline_value", "baseline_period", "baseline_source_text", "baseline_source_url",
    "target_value", "target_period", "target_source_text", "target_source_url", "source_text", "source_url",
    "licence", "sdg_target",
)


def freeze(apps, schema_editor):
    """Safe twice: what is frozen stays."""
    revisions = apps.get_model("indicators", "IndicatorRevision")._base_manager
    for indicator in apps.get_model("indicators", "Indicator").objects.iterator():
        words = {name: _plain(getattr(indicator, name)) for name in WORDS}
        revisions.filter(indicator=indicator, definition={}).update(definition=words)


def _plain(value):
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class Migration(migrations.Migration):
    dependencies = [("indicators", "0002_definition_of_releases")]

    operations = [migrations.RunPython(freeze, migrations.RunPython.noop)]
