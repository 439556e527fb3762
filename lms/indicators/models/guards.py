"""Rows that are added and then left alone."""

from typing import Any

from django.db import models

from lms.plan.models import ImmutableChangeError


class GuardedRows(models.QuerySet[Any]):
    """Nothing is rewritten or deleted in bulk."""

    def update(self, **values: Any) -> int:
        raise ImmutableChangeError

    def delete(self) -> tuple[int, dict[str, int]]:
        raise ImmutableChangeError


class AppendOnly(models.Model):
    """A row that is written once. ``MAY_CHANGE``: fields that a later event fills, by name."""

    MAY_CHANGE: frozenset[str] = frozenset()

    objects = GuardedRows.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None and not self._only_fills(kwargs.get("update_fields")):
            raise ImmutableChangeError
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise ImmutableChangeError

    def _only_fills(self, fields: Any) -> bool:
        return bool(fields) and set(fields) <= self.MAY_CHANGE
