"""Rows that are added and then left alone: one base for the plan and for what follows it."""

from typing import Any

from django.db import models


class ImmutableChangeError(Exception):
    """Something tried to rewrite or delete what others may have read or cited."""


class GuardedRows(models.QuerySet[Any]):
    """Nothing is rewritten or deleted in bulk."""

    def update(self, **values: Any) -> int:
        raise ImmutableChangeError

    def delete(self) -> tuple[int, dict[str, int]]:
        raise ImmutableChangeError


class AppendOnly(models.Model):
    """A row that is written once; it goes only with its owner, by a cascade.

    ``MAY_CHANGE``: fields that a later event fills, by name.
    """

    MAY_CHANGE: frozenset[str] = frozenset()

    objects = GuardedRows.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding and not self._only_fills(kwargs.get("update_fields")):
            raise ImmutableChangeError
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise ImmutableChangeError

    def _only_fills(self, fields: Any) -> bool:
        return bool(fields) and set(fields) <= self.MAY_CHANGE
