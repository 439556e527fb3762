import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ReportSchedule(models.Model):
    """A saved view that is sent again and again. Unique by public id.

    ``day``: weekday 1 (Monday) to 7, or day of the month 1 to 28. ``recipients``: accounts, of which
    at each sending only those get it whose role reaches the institution. Once stopped it stays so.

    PII: who receives what; goes with the account of its owner.
    """

    class Every(models.TextChoices):
        WEEK = "week", _("Cada semana")
        MONTH = "month", _("Cada mes")

    class Format(models.TextChoices):
        CSV = "csv", _("CSV, con nombres")
        XLSX = "xlsx", _("XLSX, con nombres")
        PDF = "pdf", _("PDF, solo cifras")

    class Stopped(models.TextChoices):
        BY_HAND = "by_hand", _("La detuvo una persona")
        ROLE_LOST = "role_lost", _("Quien la programó ya no tiene el rol")
        VIEW_LOST = "view_lost", _("Lo que muestra la vista ya no existe")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    view = models.ForeignKey("reports.SavedView", on_delete=models.CASCADE, related_name="schedules")
    every = models.CharField(_("cada cuánto"), max_length=5, choices=Every.choices)
    day = models.PositiveSmallIntegerField(_("día"))
    format = models.CharField(_("formato"), max_length=4, choices=Format.choices)
    recipients = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    created_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_because = models.CharField(max_length=9, choices=Stopped.choices, blank=True)

    class Meta:
        verbose_name = _("envío programado")
        verbose_name_plural = _("envíos programados")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="schedule_day",
                condition=Q(every="week", day__gte=1, day__lte=7) | Q(every="month", day__gte=1, day__lte=28),
            ),
            models.CheckConstraint(
                name="schedule_stopped_with_reason",
                condition=Q(stopped_at__isnull=True, stopped_because="")
                | (Q(stopped_at__isnull=False) & ~Q(stopped_because="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.view_id} {self.every} {self.day}"


class ReportDelivery(models.Model):
    """One sending of a schedule and its file. Unique by schedule and period (``2026-W47``, ``2026-11``).

    ``storage_key`` empty: not made yet, or deleted after its time; ``made_at`` tells which.

    PII: none in the row; the file may name people and is deleted after a month.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    schedule = models.ForeignKey(ReportSchedule, on_delete=models.CASCADE, related_name="deliveries")
    period = models.CharField(max_length=8)
    opened_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)
    storage_key = models.CharField(max_length=120, blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    people = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("entrega de un envío")
        verbose_name_plural = _("entregas de envíos")
        ordering = ["-opened_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["schedule", "period"], name="delivery_once_a_period")]

    def __str__(self) -> str:
        return f"{self.schedule_id} {self.period}"


class ReportLetter(models.Model):
    """The e-mail of one delivery to one account. Unique by both.

    PII: that an account was written to; goes with the account.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Por enviar")
        SENDING = "sending", _("Enviándose")
        SENT = "sent", _("Enviado")
        NO_GRANT = "no_grant", _("No se envió: su rol no alcanza a la institución")
        NO_ADDRESS = "no_address", _("No se envió: la cuenta no tiene correo")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    delivery = models.ForeignKey(ReportDelivery, on_delete=models.CASCADE, related_name="letters")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("correo de una entrega")
        verbose_name_plural = _("correos de entregas")
        constraints = [
            models.UniqueConstraint(fields=["delivery", "account"], name="letter_once_per_delivery")
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.account_id} {self.state}"
