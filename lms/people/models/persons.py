import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PersonQuerySet(models.QuerySet["Person"]):
    def present(self) -> "PersonQuerySet":
        """People who have not been erased, nor merged into another record."""
        return self.filter(erased_at__isnull=True, merged_into__isnull=True)


class Person(models.Model):
    """One human being who learns, with or without an account. Unique by RUN fingerprint where known.

    PII: names and work e-mail (to certify and to notify), a keyed fingerprint of the RUN (to
    recognise the person in a roster) and its masked spelling (to tell namesakes apart); the
    number itself is never stored. Erasure blanks every field, detaches the account and the
    pseudonyms, and leaves the row as a tombstone so that counts stay true.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="person"
    )
    given_names = models.CharField(_("nombres"), max_length=150)
    family_names = models.CharField(_("apellidos"), max_length=150, blank=True)
    email = models.EmailField(_("correo"), blank=True, db_index=True)
    run_fingerprint = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)
    run_masked = models.CharField(_("RUN"), max_length=16, blank=True)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged_from", editable=False
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("modelo", "persona")
        verbose_name_plural = _("personas")
        indexes = [
            models.Index(fields=["family_names", "given_names"], name="person_by_name"),
            # Every count leaves the erased out: finding them must not mean reading everybody.
            models.Index(fields=["id"], condition=Q(erased_at__isnull=False), name="person_erased"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.given_names} {self.family_names}".strip()

    @property
    def list_name(self) -> str:
        """Family names first, as lists are read."""
        return f"{self.family_names}, {self.given_names}" if self.family_names else self.given_names


class Pseudonym(models.Model):
    """The account name that stands for one person in statements, one in use per context.

    Employee and citizen have different names so that exports cannot be joined. A person whose
    duplicate was merged keeps the duplicate's name too, to be recognised in what was said of it.

    PII: this row is the only bridge between statements and a person; deleting it makes the
    statements anonymous, which is how a record is erased.
    """

    class Context(models.TextChoices):
        EMPLOYEE = "employee", _("como funcionaria o funcionario")
        CITIZEN = "citizen", _("como ciudadana o ciudadano")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="pseudonyms")
    context = models.CharField(max_length=10, choices=Context.choices)
    name = models.CharField(max_length=32, unique=True)
    is_in_use = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "context"],
                condition=Q(is_in_use=True),
                name="pseudonym_one_in_use_per_context",
            )
        ]

    def __str__(self) -> str:
        return self.name
