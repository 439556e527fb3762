import json
from datetime import timedelta
from uuid import UUID

from django.db import migrations
from django.db.models import Max, Min

from lms.lib import clock
from lms.xapi.engines import NewStatement, current_engine
from lms.xapi.rules import codec, positions
from lms.xapi.rules.canonical import digest_statement
from lms.xapi.rules.keys import keys_of
from lms.xapi.rules.speakers import platform_speaker
from lms.xapi.rules.statements import check_statement
from lms.xapi.services.references import link_references
from lms.xapi.services.storing import Stored
from lms.xapi.vocabulary import VOIDED

_CHUNK = 500


def move(apps, schema_editor):
    """Every statement with the instant at which it was stored; in one order, which is that of then."""
    old = apps.get_model("xapi", "OldStatement").objects
    _prepare_months(old)
    last = None
    rows, voiding = [], []
    for row in old.order_by("position").iterator(chunk_size=_CHUNK):
        position = positions.position_at(row.stored)
        last = position if last is None else max(position, last + positions.TIES)
        rows.append(_new(row.raw, last))
        if row.verb == VOIDED.iri:
            voiding.append((last, row.raw))
        if len(rows) == _CHUNK:
            current_engine().insert(rows)
            rows = []
    if rows:
        current_engine().insert(rows)
    _take_back(voiding)


def _prepare_months(old):
    """This month, the two that follow, and each that has statements."""
    known = old.aggregate(first=Min("stored"), last=Max("stored"))
    today = clock.now()
    days = [today, today + timedelta(days=31), today + timedelta(days=62)]
    day = known["first"]
    while day is not None and day <= known["last"] + timedelta(days=31):
        days.append(day)
        day += timedelta(days=28)
    current_engine().ensure_months({positions.month_of(found) for found in days})


def _new(raw, position):
    if raw["object"].get("objectType") == "StatementRef":
        raw["context"].pop("platform", None)  # not allowed there, and said until now
    text = json.dumps(raw, ensure_ascii=False, separators=(",", ":")).encode()
    checked = check_statement(text)
    return NewStatement(
        position=position,
        id=UUID(raw["id"]),
        digest=digest_statement(text),
        body=codec.pack(text),
        keys=keys_of(checked, authority=checked.shape.authority),
    )


def _take_back(voiding):
    """What was taken back leaves the index, and whoever took it back is found through it."""
    for position, raw in voiding:
        checked = check_statement(json.dumps(raw).encode())
        home = raw["authority"]["account"]["homePage"]
        link_references(
            stored=[Stored(position, UUID(raw["id"]), checked, platform_speaker(home).key)]
        )


class Migration(migrations.Migration):
    """The statements of the first table, into the record."""

    dependencies = [("xapi", "0005_forwarding")]

    operations = [migrations.RunPython(move, migrations.RunPython.noop, elidable=True)]
