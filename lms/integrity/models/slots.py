from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.integrity.models.kinds import KIND_BY_VALUE, KIND_CHOICES, SlotKind
from lms.integrity.rules.slots import SlotContent

CONTENT_FIELDS = ("text", "reference", "name", "email", "phone", "url", "note")


class SlotVersionQuerySet(models.QuerySet["SlotVersion"]):
    def current(self) -> "SlotVersionQuerySet":
        """What lessons show now: at most one of each slot."""
        return self.filter(is_current=True)

    def filled(self) -> "SlotVersionQuerySet":
        """Those with words."""
        return self.exclude(text="", name="")


class SlotVersion(models.Model):
    """What one slot of an institution held from ``written_at`` until the next version; never changed.

    Unique by institution, kind and number; one is current. Without words it says that the slot was
    emptied. ``review_by``: the last day on which it counts as reviewed. ``owner``: whose account is
    reminded; without one, the institution's coordinators are.

    PII: the name and office contact of a public office holder, public by function, and which account
    wrote it or keeps it; kept as proof of what lessons showed, without the account once it is gone.
    """

    institution = models.ForeignKey("people.Institution", on_delete=models.CASCADE, related_name="slots")
    kind = models.CharField(_("espacio"), max_length=24, choices=KIND_CHOICES)
    number = models.PositiveIntegerField(_("versión"))
    is_current = models.BooleanField(default=True)
    text = models.TextField(_("texto"), blank=True)
    reference = models.CharField(_("dónde está"), max_length=120, blank=True)
    name = models.CharField(_("nombre"), max_length=150, blank=True)
    email = models.EmailField(_("correo"), blank=True)
    phone = models.CharField(_("teléfono o anexo"), max_length=60, blank=True)
    url = models.URLField(_("enlace"), blank=True)
    note = models.CharField(_("nota"), max_length=250, blank=True)
    review_by = models.DateField(_("vale hasta el"), null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField()

    objects = SlotVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("versión de un espacio")
        verbose_name_plural = _("versiones de espacios")
        constraints = [
            models.UniqueConstraint(fields=["institution", "kind", "number"], name="slot_version_number"),
            models.UniqueConstraint(
                fields=["institution", "kind"], condition=Q(is_current=True), name="slot_one_current"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.kind} {self.number}"

    @property
    def content(self) -> SlotContent:
        return SlotContent(**{name: getattr(self, name) for name in CONTENT_FIELDS})

    @property
    def slot(self) -> SlotKind:
        return KIND_BY_VALUE[self.kind]
