import uuid
from datetime import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from lms.progress.models import LearningContext
from lms.workshops.rules import SessionFacts

LARGEST_ROOM = 1000


class Modality(models.TextChoices):
    IN_PERSON = "in_person", _("Presencial")
    ONLINE = "online", _("En línea")


class RegistrationState(models.TextChoices):
    REGISTERED = "registered", _("Con cupo")
    WAITING = "waiting", _("En lista de espera")
    CANCELLED = "cancelled", _("Se retiró")


class VoidReason(models.TextChoices):
    """Why an attendance was taken back. A choice, so that no free text about a person is kept."""

    MISTAKE = "mistake", _("Se marcó por error")
    WRONG_PERSON = "wrong_person", _("Era otra persona")
    LEFT_EARLY = "left_early", _("No participó hasta el final")


ACTIVE_STATES = (RegistrationState.REGISTERED, RegistrationState.WAITING)


class WorkshopSessionQuerySet(models.QuerySet["WorkshopSession"]):
    def published(self) -> "WorkshopSessionQuerySet":
        """Sessions that the public sees; cancelled ones too, which say so."""
        return self.filter(is_published=True)

    def upcoming(self, at: datetime) -> "WorkshopSessionQuerySet":
        """Not over yet at ``at``, soonest first."""
        return self.filter(ends_at__gt=at).order_by("starts_at", "pk")

    def past(self, at: datetime) -> "WorkshopSessionQuerySet":
        """Over at ``at``, latest first."""
        return self.filter(ends_at__lte=at).order_by("-starts_at", "-pk")

    def with_counts(self) -> "WorkshopSessionQuerySet":
        """Adds ``registered_count`` and ``waiting_count``; erased and merged people hold no seat."""
        present = Q(
            registrations__person__erased_at__isnull=True, registrations__person__merged_into__isnull=True
        )
        return self.annotate(
            registered_count=Count(
                "registrations", filter=present & Q(registrations__state=RegistrationState.REGISTERED)
            ),
            waiting_count=Count(
                "registrations", filter=present & Q(registrations__state=RegistrationState.WAITING)
            ),
        )


class WorkshopSession(models.Model):
    """One workshop held once, on one day, open to every estamento. Unique by public id.

    ``join_url`` is shown to those who have a seat only. ``revision`` counts the changes that
    calendars have to learn of. A session is cancelled, never deleted.

    PII: ``trainer`` is named in public as the person who leads it; emptied when the account is
    deleted.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(
        "courses.Course", null=True, blank=True, on_delete=models.PROTECT, related_name="workshop_sessions"
    )
    title = models.CharField(_("título"), max_length=200)
    summary = models.TextField(_("de qué se trata"), max_length=3000)
    modality = models.CharField(_("modalidad"), max_length=10, choices=Modality.choices)
    place = models.CharField(_("lugar"), max_length=200, blank=True)
    region = models.CharField(_("región"), max_length=80, blank=True)
    join_url = models.URLField(_("enlace para conectarse"), max_length=500, blank=True)
    starts_at = models.DateTimeField(_("empieza"), db_index=True)
    ends_at = models.DateTimeField(_("termina"), db_index=True)
    seats = models.PositiveSmallIntegerField(
        _("cupos"), validators=[MinValueValidator(1), MaxValueValidator(LARGEST_ROOM)]
    )
    trainer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="workshop_sessions"
    )
    is_published = models.BooleanField(_("publicado"), default=False)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(_("motivo"), max_length=200, blank=True)
    revision = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()

    objects = WorkshopSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("taller")
        verbose_name_plural = _("talleres")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="workshop_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(seats__gte=1), name="workshop_has_seats"),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | ~Q(cancel_reason=""),
                name="workshop_cancelled_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def facts(self) -> SessionFacts:
        return SessionFacts(self.starts_at, self.ends_at, self.seats, self.is_published, self.is_cancelled)

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    @property
    def is_online(self) -> bool:
        return self.modality == Modality.ONLINE

    @property
    def minutes(self) -> int:
        return self.facts.minutes

    @property
    def where(self) -> str:
        """Place and region in one line; the modality where there is no place."""
        spelled = ", ".join(part for part in (self.place, self.region) if part)
        return str(self.get_modality_display()) if self.is_online or not spelled else spelled


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def active(self) -> "RegistrationQuerySet":
        """With a seat or waiting, of people who have not been erased, nor merged into another record."""
        return self.filter(
            state__in=ACTIVE_STATES, person__erased_at__isnull=True, person__merged_into__isnull=True
        )


class Registration(models.Model):
    """One person's request for a seat in a session. Unique by session and person.

    Whoever leaves and comes back keeps the row and queues anew: ``registered_at`` is that of the
    last request. ``posting`` is the job held then. ``absent_at``: the sheet says that the person
    did not come, which is a note and no fact of progress.

    PII: says which workshops a person wanted to attend, and in which context; seen by the person
    and by who leads the session; without a name once the person is erased.
    """

    session = models.ForeignKey(WorkshopSession, on_delete=models.PROTECT, related_name="registrations")
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="workshop_registrations"
    )
    posting = models.ForeignKey(
        "people.Posting", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    context = models.CharField(max_length=10, choices=LearningContext.choices)
    state = models.CharField(max_length=10, choices=RegistrationState.choices)
    registered_at = models.DateTimeField()
    absent_at = models.DateTimeField(null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("inscripción en un taller")
        verbose_name_plural = _("inscripciones en talleres")
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="workshop_registered_once")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.person_id} {self.state}"

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE_STATES

    @property
    def has_seat(self) -> bool:
        return self.state == RegistrationState.REGISTERED

    @property
    def merge_rank(self) -> tuple[int, datetime]:
        """Of two records made one, the seat is the person's, then the better place in the queue."""
        return (RegistrationState.values.index(self.state), self.registered_at)


class Attendance(models.Model):
    """One person attended a session, as attested by who led it. One in force per session and person.

    Append-only: a wrong one is voided with its reason and a right one is a new row. ``minutes``,
    ``context`` and ``posting`` are those of the moment. Each row and each voiding has its
    statement; ``marked_by`` and ``voided_by`` are bookkeeping and are not in the statements.

    PII: result of a person; kept as long as the training record must be, without a name once the
    person is erased.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(WorkshopSession, on_delete=models.PROTECT, related_name="attendances")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="workshop_attendances")
    context = models.CharField(max_length=10, choices=LearningContext.choices)
    posting = models.ForeignKey(
        "people.Posting", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    minutes = models.PositiveIntegerField()
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    marked_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    void_reason = models.CharField(max_length=12, choices=VoidReason.choices, blank=True)

    class Meta:
        verbose_name = _("asistencia")
        verbose_name_plural = _("asistencias")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"], condition=Q(voided_at__isnull=True), name="attended_once"
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, void_reason="")
                | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
                name="attendance_voided_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.person_id}"

    @property
    def merge_rank(self) -> tuple[datetime, uuid.UUID]:
        """Of two records made one, the attendance that was marked first is the person's."""
        return (self.marked_at, self.public_id)
