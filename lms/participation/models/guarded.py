"""Rows that are added and then left alone."""

from typing import Any

from django.db import models


class AppendOnlyError(Exception):
    """Something tried to rewrite or delete what is only added."""


class GuardedRows(models.QuerySet[Any]):
    def update(self, **values: Any) -> int:
        raise AppendOnlyError

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError


class AppendOnly(models.Model):
    """Base of tables whose rows are never rewritten; with the plan, and there alone, they go."""

    objects = GuardedRows.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnlyError
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError
