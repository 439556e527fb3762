import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.notices.rules.kinds import SUMMARIES, TRAINING, WITHOUT_PLACE, Kind, Reason, State

KIND_CHOICES = [
    (Kind.ASSIGNED.value, _("Formación asignada")),
    (Kind.DUE_30.value, _("Quedan 30 días")),
    (Kind.DUE_7.value, _("Queda una semana")),
    (Kind.DUE_1.value, _("Queda un día")),
    (Kind.LATE.value, _("Plazo vencido")),
    (Kind.EXPIRING.value, _("Por vencer")),
    (Kind.MANUAL.value, _("Recordatorio")),
    (Kind.ANSWER.value, _("Respuesta a una consulta")),
    (Kind.RECALL.value, _("Repaso de un curso")),
    (Kind.LATER.value, _("Encuesta a los tres meses")),
    (Kind.SETTLED.value, _("Respuesta a un error reportado")),
    (Kind.REPORTS.value, _("Errores reportados")),
    (Kind.REPLY.value, _("Respuesta en una conversación")),
    (Kind.CHANGED.value, _("Cambio en un curso completado")),
    (Kind.DIGEST.value, _("Resumen para la jefatura")),
    (Kind.SLOT_60.value, _("Texto de integridad por revisar en 60 días")),
    (Kind.SLOT_30.value, _("Texto de integridad por revisar en 30 días")),
    (Kind.SLOT_7.value, _("Texto de integridad por revisar en una semana")),
    (Kind.SLOT_LATE.value, _("Texto de integridad vencido")),
    (Kind.SLOT_EMPTY.value, _("Resumen de textos de integridad que faltan")),
]
STATE_CHOICES = [
    (State.WAITING.value, _("Por enviar")),
    (State.SENDING.value, _("Enviándose")),
    (State.SENT.value, _("Enviado")),
    (State.UNKNOWN.value, _("Sin confirmar")),
    (State.FAILED.value, _("No llegó")),
    (State.SUPPRESSED.value, _("Solo en la plataforma")),
    (State.CANCELLED.value, _("Ya no hacía falta")),
]
REASON_CHOICES = [
    (Reason.COMPLETED.value, _("Ya la completó")),
    (Reason.STARTED.value, _("Ya la había empezado")),
    (Reason.NOT_ASKED.value, _("Ya no se le exige, o está con permiso")),
    (Reason.CHANGED.value, _("Cambió la fecha")),
    (Reason.PAST.value, _("Pasó la fecha")),
    (Reason.WITHDRAWN.value, _("Se retiró la exigencia")),
    (Reason.TAKEN_BACK.value, _("Retiró su consulta")),
    (Reason.REOPENED.value, _("Volvió a escribir")),
    (Reason.GONE.value, _("Ya no está en la plataforma")),
    (Reason.ROLE_ENDED.value, _("Terminó su rol")),
    (Reason.NOTHING.value, _("No había nada que contar")),
    (Reason.OPTED_OUT.value, _("Pidió no recibir este correo")),
    (Reason.NO_ADDRESS.value, _("No tiene correo")),
    (Reason.BOUNCED.value, _("Su correo rebota")),
    (Reason.COMPLAINED.value, _("Lo marcó como correo no deseado")),
    (Reason.REFUSED.value, _("El servidor lo rechazó")),
    (Reason.GAVE_UP.value, _("El servidor no lo recibió en dos días")),
    (Reason.UNCERTAIN.value, _("Se cortó la conexión al enviarlo")),
]


def _at_most_one(*fields: str) -> Q:
    """At least all but one of these are empty."""
    allowed = Q()
    for one in fields:
        allowed |= Q(**{f"{other}__isnull": True for other in fields if other != one})
    return allowed


class NoticeQuerySet(models.QuerySet["Notice"]):
    def due_at(self, at: datetime) -> "NoticeQuerySet":
        """Those that wait and may go out at ``at``."""
        return self.filter(state=State.WAITING, not_before__lte=at)

    def shown_to_the_person(self, at: datetime) -> "NoticeQuerySet":
        """What the platform itself tells: whatever was to be said by ``at`` and was still true."""
        return (
            self.filter(not_before__lte=at).exclude(state=State.CANCELLED).exclude(kind__in=sorted(SUMMARIES))
        )


class Reminder(models.Model):
    """One act of HR or of a team lead: the same words to the people they chose.

    PII: who sent it, and their words, which are to name nobody.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    requirement = models.ForeignKey(
        "progress.TrainingRequirement", on_delete=models.CASCADE, related_name="+"
    )
    text = models.CharField(_("mensaje"), max_length=500, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("recordatorio")
        verbose_name_plural = _("recordatorios")

    def __str__(self) -> str:
        return f"{self.requirement_id} {self.created_at:%Y-%m-%d}"


class Notice(models.Model):
    """One reason to write to one person. Unique by person, kind, requirement and ``key``, by ``answer``,
    ``asking`` or ``report``, or by person, kind and ``slot`` or ``change``, so that it goes out once,
    whatever runs twice or at the same time.

    ``key`` is the date of the matter: assigned on, due day, end of validity, day of a reminder, day
    of a question that was answered, day by which to review a slot, day on which a change of a course was
    decided, Monday of the week of a digest, first of March of a yearly summary, day on which errors or
    answers in conversations are told (these have no requirement).
    ``not_before``: the working moment from which it may go out. The place is where the training is asked,
    or the institution that was asked a question: no unit, whose lead is not to know of it. What feedback,
    conversations and changes of courses tell (``rules.kinds.WITHOUT_PLACE``) has no place:
    HR does not see it.

    PII: that a person was reminded of a training or a task, or asked about its record; never the address, the
    words of an answer or a result. Deleted after two years, or with the answer.
    """

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(_("aviso"), max_length=10, choices=KIND_CHOICES)
    requirement = models.ForeignKey(
        "progress.TrainingRequirement", null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    key = models.DateField()
    institution = models.ForeignKey(
        "people.Institution", null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    unit = models.ForeignKey(
        "people.Unit", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    topic = models.CharField(max_length=32, default=TRAINING)
    reminder = models.ForeignKey(Reminder, null=True, on_delete=models.CASCADE, related_name="notices")
    answer = models.OneToOneField(
        "progress.QuestionAnswer", null=True, on_delete=models.CASCADE, related_name="+"
    )
    asking = models.OneToOneField("feedback.Asking", null=True, on_delete=models.CASCADE, related_name="+")
    report = models.OneToOneField(
        "feedback.LessonReport", null=True, on_delete=models.CASCADE, related_name="+"
    )
    slot = models.ForeignKey(
        "integrity.SlotVersion", null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    change = models.ForeignKey(
        "courses.ReleaseChange", null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    planned_at = models.DateTimeField()
    not_before = models.DateTimeField(_("fecha"))
    state = models.CharField(_("estado"), max_length=10, choices=STATE_CHOICES, default=State.WAITING.value)
    reason = models.CharField(max_length=12, choices=REASON_CHOICES, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    mail = models.ForeignKey("notices.Mail", null=True, on_delete=models.SET_NULL, related_name="notices")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("aviso")
        verbose_name_plural = _("avisos")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "requirement", "key"],
                condition=Q(requirement__isnull=False),
                name="notice_once",
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "key"],
                condition=Q(
                    requirement__isnull=True,
                    answer__isnull=True,
                    asking__isnull=True,
                    report__isnull=True,
                    slot__isnull=True,
                    change__isnull=True,
                ),
                name="notice_once_without_requirement",
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "slot"],
                condition=Q(slot__isnull=False),
                name="notice_once_of_slot",
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "change"],
                condition=Q(change__isnull=False),
                name="notice_once_of_change",
            ),
            models.CheckConstraint(
                condition=_at_most_one("requirement", "answer", "asking", "report", "slot", "change"),
                name="notice_of_one_matter",
            ),
            models.CheckConstraint(
                condition=Q(institution__isnull=False) | Q(kind__in=sorted(WITHOUT_PLACE)),
                name="notice_of_a_place",
            ),
        ]
        indexes = [
            models.Index(
                fields=["not_before", "person"], name="notice_waiting", condition=Q(state=State.WAITING.value)
            ),
            models.Index(fields=["institution", "not_before"], name="notice_of_institution"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.key}"
