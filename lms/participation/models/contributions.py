import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.participation.rules.contributions import (
    LONGEST_NOTE,
    LONGEST_ORGANISATION,
    LONGEST_TEXT,
    Kind,
    Sector,
    State,
)
from lms.participation.rules.moderation import HiddenReason

KIND_CHOICES = [
    (Kind.COMMENT.value, _("Comentario a un compromiso")),
    (Kind.CONTRIBUTION.value, _("Aporte a una consulta")),
]
SECTOR_CHOICES = [
    (Sector.CITIZEN.value, _("Ciudadanía, a título personal")),
    (Sector.CIVIL_SOCIETY.value, _("Sociedad civil")),
    (Sector.ACADEMIA.value, _("Academia")),
    (Sector.PRIVATE.value, _("Sector privado")),
    (Sector.PUBLIC_BODY.value, _("Organismo público")),
]
STATE_CHOICES = [
    (State.WAITING.value, _("Por revisar")),
    (State.SHOWN.value, _("Publicado")),
    (State.HIDDEN.value, _("Oculto por moderación")),
    (State.WITHDRAWN.value, _("Retirado por quien lo escribió")),
]
REASON_CHOICES = [
    (HiddenReason.OFFENCE.value, _("Ofende, amenaza o discrimina")),
    (HiddenReason.PERSONAL_DATA.value, _("Da datos personales de alguien")),
    (HiddenReason.ACCUSATION.value, _("Acusa a una persona: eso va a los canales de denuncia")),
    (HiddenReason.ADVERTISING.value, _("Es publicidad o propaganda electoral")),
    (HiddenReason.OFF_TOPIC.value, _("No trata del plan")),
    (HiddenReason.REPEATED.value, _("Repite lo mismo muchas veces")),
]


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def shown(self) -> "ContributionQuerySet":
        """Those whose words everybody reads."""
        return self.filter(state=State.SHOWN)

    def in_public(self) -> "ContributionQuerySet":
        """Those that have a place in public, whatever became of their words: all that ever were shown,
        and what moderation hid."""
        return self.filter(Q(shown_at__isnull=False) | Q(state=State.HIDDEN))

    def unanswered(self) -> "ContributionQuerySet":
        """Shown, and nobody answered yet."""
        return self.shown().filter(latest_reply__isnull=True)

    def of_commitment(self, commitment_id: int) -> "ContributionQuerySet":
        return self.filter(kind=Kind.COMMENT, commitment_id=commitment_id)

    def with_reply(self) -> "ContributionQuerySet":
        """With all that a line prints, in the same query."""
        return self.select_related(
            "author", "commitment", "consultation", "section", "follow_up_of", "latest_reply",
            "latest_reply__commitment", "latest_reply__milestone", "latest_reply__section",
        )  # fmt: skip


class Contribution(models.Model):
    """What somebody wrote of a plan. Unique by public id, and by plan and ``number``, which never changes.

    A comment is of a commitment; a contribution is of a consultation, and of one section of it or of
    the whole draft. ``commitment`` of a contribution is that of its section or consultation, if any.
    ``follow_up_of``: the author adds to something that was answered. ``shown_at`` is empty as long as
    it waits. ``latest_reply`` and ``answered_in_days`` repeat what :class:`OfficialReply` says.
    ``fingerprint`` tells the same words from others.

    PII: words, sector and the organisation somebody named; ``author`` is the account. The name is not
    kept here: it is read from the account, where the author wants it shown, and goes with the account.
    Then the public words stay under «Persona eliminada», and all others go. Withdrawn, the words and the
    organisation go.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(
        "plan.ActionPlan", on_delete=models.CASCADE, related_name="contributions", db_index=False
    )
    number = models.PositiveIntegerField(_("número"))
    kind = models.CharField(max_length=12, choices=KIND_CHOICES)
    commitment = models.ForeignKey(
        "plan.Commitment", null=True, on_delete=models.CASCADE, related_name="contributions"
    )
    consultation = models.ForeignKey(
        "participation.Consultation", null=True, on_delete=models.RESTRICT, related_name="contributions"
    )
    section = models.ForeignKey(
        "participation.ConsultationSection", null=True, on_delete=models.RESTRICT,
        related_name="contributions",
    )  # fmt: skip
    follow_up_of = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="follow_ups")
    text = models.TextField(_("texto"), max_length=LONGEST_TEXT, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    shows_name = models.BooleanField(_("muestra su nombre"), default=False)
    sector = models.CharField(_("sector"), max_length=13, choices=SECTOR_CHOICES)
    organisation = models.CharField(_("organización"), max_length=LONGEST_ORGANISATION, blank=True)
    wants_mail = models.BooleanField(_("quiere saber por correo de la respuesta"), default=False)
    state = models.CharField(max_length=9, choices=STATE_CHOICES)
    hidden_reason = models.CharField(max_length=13, choices=REASON_CHOICES, blank=True)
    hidden_note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    written_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True)
    edited_at = models.DateTimeField(null=True)
    latest_reply = models.ForeignKey(
        "participation.OfficialReply", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_in_days = models.PositiveIntegerField(null=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("aporte")
        verbose_name_plural = _("aportes")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="contribution_number_in_plan"),
            models.CheckConstraint(
                condition=Q(kind=Kind.COMMENT.value, commitment__isnull=False, consultation__isnull=True)
                | Q(kind=Kind.CONTRIBUTION.value, consultation__isnull=False),
                name="contribution_is_of_one_thing",
            ),
        ]
        indexes = [
            models.Index(fields=["author", "-written_at"], name="contribution_of_author"),
            models.Index(fields=["plan", "state", "shown_at"], name="contribution_by_state"),
            models.Index(fields=["plan", "answered_in_days"], name="contribution_by_days"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.number}"

    @property
    def is_shown(self) -> bool:
        return self.state == State.SHOWN

    @property
    def is_answered(self) -> bool:
        return self.latest_reply_id is not None


class ContributionEdit(models.Model):
    """The words before their author corrected them. Read by those who moderate only.

    PII: the person's own words; deleted when they are withdrawn, and with the account.
    """

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="edits")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(max_length=LONGEST_TEXT)
    replaced_at = models.DateTimeField()

    class Meta:
        verbose_name = _("versión anterior de un aporte")
        verbose_name_plural = _("versiones anteriores de aportes")
        ordering = ["replaced_at", "pk"]

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.replaced_at:%Y-%m-%d %H:%M}"
