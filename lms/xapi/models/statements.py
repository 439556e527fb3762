"""Statements: the body once, and narrow rows by which it is found.

On PostgreSQL ``Statement``, ``IndexRow`` and ``Link`` are partitioned by month of ``position``, which is
the instant of storing (``rules.positions``); on SQLite they are plain tables. Written by
``services.storing`` alone, never edited.
"""

import uuid
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.xapi.rules import codec, positions
from lms.xapi.rules.json_text import decode_object


class Statement(models.Model):
    """One xAPI statement, immutable.

    PII: the actor of our own statements is a pseudonym; the bridge to a person is
    ``people.Pseudonym`` and is what erasure removes. What other systems send is theirs to minimise.
    """

    position = models.BigIntegerField(primary_key=True)
    id = models.UUIDField(default=uuid.uuid4)
    body = models.BinaryField()

    class Meta:
        verbose_name = _("declaración xAPI")
        verbose_name_plural = _("declaraciones xAPI")

    def __str__(self) -> str:
        return str(self.id)

    @property
    def text(self) -> bytes:
        """The JSON text, as it is given out."""
        return codec.unpack(self.body)

    @property
    def raw(self) -> dict[str, Any]:
        """The statement as Python values."""
        return decode_object(self.text)

    @property
    def stored(self) -> datetime:
        return positions.stored_at(self.position)


class StatementKey(models.Model):
    """Every statement id that was ever stored, voided or referred to; unique in the whole record.

    It stays when the statement's month is archived. ``position`` is empty while the statement is only
    referred to; ``voided_by`` is the statement that took it back.
    """

    id = models.UUIDField(primary_key=True)
    position = models.BigIntegerField(null=True)
    digest = models.BinaryField(null=True)
    voided_by = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("identificador de declaración")
        verbose_name_plural = _("identificadores de declaración")


class IndexRow(models.Model):
    """What a statement is found by. ``via`` 0 is itself; 1 and on are the statements it refers to.

    A voided statement has none. All conditions of a filter are asked of one row, so that a
    statement and the one it refers to never match half each (xAPI-Communication 2.1.3).
    """

    pk = models.CompositePrimaryKey("position", "via")
    position = models.BigIntegerField()
    via = models.SmallIntegerField()
    actor = models.BigIntegerField(null=True)
    verb = models.BigIntegerField()
    activity = models.BigIntegerField(null=True)
    registration = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("fila del índice")
        verbose_name_plural = _("filas del índice")
        indexes = [
            models.Index(fields=["actor", "position"], name="xapi_index_actor"),
            models.Index(fields=["verb", "position"], name="xapi_index_verb"),
            models.Index(fields=["activity", "position"], name="xapi_index_activity"),
            models.Index(fields=["registration", "position"], name="xapi_index_registration"),
        ]


class Link(models.Model):
    """One more key of an index row: further agents, related agents and activities, who vouches."""

    pk = models.CompositePrimaryKey("key", "position", "via")
    key = models.BigIntegerField()
    position = models.BigIntegerField()
    via = models.SmallIntegerField()

    class Meta:
        verbose_name = _("enlace del índice")
        verbose_name_plural = _("enlaces del índice")


class Reference(models.Model):
    """The statement at ``position`` refers to ``target``, stored or not."""

    pk = models.CompositePrimaryKey("target", "position")
    target = models.UUIDField()
    position = models.BigIntegerField()

    class Meta:
        verbose_name = _("referencia entre declaraciones")
        verbose_name_plural = _("referencias entre declaraciones")


class Activity(models.Model):
    """What statements told of an activity: the definition that ``/activities`` and canonical answers give.

    ``told`` is its JSON text: a text may hold what a JSON column of PostgreSQL refuses.
    """

    key = models.BigIntegerField(primary_key=True)
    iri = models.TextField()
    told = models.BinaryField(default=b"{}")

    class Meta:
        verbose_name = _("actividad")
        verbose_name_plural = _("actividades")

    def __str__(self) -> str:
        return self.iri

    @property
    def definition(self) -> dict[str, Any]:
        """The definition; empty where nothing was told."""
        return decode_object(bytes(self.told))
