"""What statements tell of activities."""

from collections import OrderedDict
from collections.abc import Sequence
from functools import reduce
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import msgspec
from django.db import transaction
from msgspec import UNSET

from lms.xapi.models import Activity
from lms.xapi.rules.activities import merge_definitions
from lms.xapi.rules.json_text import decode_object, encode, encode_sorted
from lms.xapi.rules.keys import activity_key
from lms.xapi.rules.shapes import Activity as ActivityShape
from lms.xapi.rules.shapes import Context, SubStatement
from lms.xapi.rules.speakers import platform_speaker
from lms.xapi.rules.statements import Checked
from lms.xapi.selectors.activities import definitions_of

if TYPE_CHECKING:
    from lms.xapi.services.storing import Stored

_REMEMBERED = 20_000
_told: "OrderedDict[str, bytes]" = OrderedDict()
"""The definition last stored for an activity, as a digest: nothing to do when it comes again."""


def learn_activities(*, stored: Sequence["Stored"], base_iri: str) -> None:
    """Merge the definitions in these statements into what is known.

    No query for definitions seen lately, one for those that the record has, five for news.

    Only the platform defines its own activities: what others say of them stays in their statements.
    """
    news: dict[str, list[Any]] = {}
    digests: dict[str, bytes] = {}
    own, platform = f"{base_iri}/id/", platform_speaker(base_iri).key
    for said in stored:
        for activity in _defined(said.checked):
            if said.vouched_by != platform and activity.id.startswith(own):
                continue
            text = msgspec.json.encode(activity.definition)
            digest = blake2b(text, digest_size=16).digest()
            if digests.get(activity.id, _told.get(activity.id)) != digest:
                news.setdefault(activity.id, []).append(decode_object(text))
                digests[activity.id] = digest
    if news:
        _merge(news)
        transaction.on_commit(lambda: _remember(digests))


def _merge(news: dict[str, list[Any]]) -> None:
    by_key = {activity_key(iri): iri for iri in news}
    known = definitions_of(iris=news)
    if all(iri in known and _is_old(known[iri], told) for iri, told in news.items()):
        return
    # In one order, always: two writers of the same activities then wait instead of deadlocking.
    Activity.objects.bulk_create(
        [Activity(key=key, iri=by_key[key]) for key in sorted(by_key)], ignore_conflicts=True
    )
    rows = list(Activity.objects.select_for_update().filter(key__in=by_key).order_by("key"))
    changed = []
    for row in rows:
        told = news[by_key[row.key]]
        if not _is_old(row.definition, told):
            row.told = encode(_merged(row.definition, told))
            changed.append(row)
    Activity.objects.bulk_update(changed, ["told"], batch_size=200)


def _merged(known: dict[str, Any], told: list[Any]) -> dict[str, Any]:
    return reduce(merge_definitions, told, known)


def _is_old(known: dict[str, Any], told: list[Any]) -> bool:
    return encode_sorted(_merged(known, told)) == encode_sorted(known)


def forget_activities() -> None:
    """Ask the database again; for whoever replaced its rows."""
    _told.clear()


def _remember(digests: dict[str, bytes]) -> None:
    _told.update(digests)
    while len(_told) > _REMEMBERED:
        _told.popitem(last=False)


def _defined(checked: Checked) -> list[ActivityShape]:
    found: list[ActivityShape] = []
    for target in (checked.object, checked.inner_object):
        if isinstance(target, ActivityShape):
            found.append(target)
    if checked.shape.context is not UNSET:
        found += _of_context(checked.shape.context)
    if isinstance(checked.object, SubStatement) and checked.object.context is not UNSET:
        found += _of_context(checked.object.context)
    return [activity for activity in found if activity.definition is not UNSET]


def _of_context(context: Context) -> list[ActivityShape]:
    if context.contextActivities is UNSET:
        return []
    return [activity for _name, found in context.contextActivities.lists() for activity in found]
