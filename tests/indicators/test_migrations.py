"""Data moved by migrations."""

from importlib import import_module

from django.apps import apps

from lms.indicators.models import Indicator, IndicatorRevision
from tests.factories.indicators import release

freeze = import_module("lms.indicators.migrations.0003_freeze_definitions").freeze


def test_earlier_releases_get_the_words_of_now_and_later_ones_keep_theirs(indicator: Indicator) -> None:
    for _ in range(2):
        release(indicator, "2025,,,1,64,,")
    IndicatorRevision._base_manager.filter(number=1).update(definition={})
    Indicator.objects.update(title="Otro", target_value=80)
    for _ in range(2):
        freeze(apps, None)
    kept = dict(IndicatorRevision.objects.values_list("number", "definition"))
    assert kept[1] == Indicator.objects.get().words
    assert kept[2]["title"] == "Organismos que cumplen"
