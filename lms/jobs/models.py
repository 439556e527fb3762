from django.db import models


class PeriodicRun(models.Model):
    """The last run of one periodic function; unique by the function's name.

    A worker claims a run by moving ``last_started_at``: of two workers one succeeds.

    PII: none; ``last_error`` holds the kind and place of an error, never its message.
    """

    name = models.CharField(max_length=200, unique=True)
    last_started_at = models.DateTimeField(null=True)
    last_finished_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.name
