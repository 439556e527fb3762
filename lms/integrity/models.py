import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.blocks import CodeTopic


class EthicsCode(models.Model):
    """One version of an institution's code of ethics. Unique by institution and version; one is current."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institution = models.ForeignKey(
        "people.Institution", on_delete=models.PROTECT, related_name="ethics_codes"
    )
    version = models.PositiveIntegerField(_("versión"), default=1)
    title = models.CharField(_("título"), max_length=200)
    url = models.URLField(_("dirección del documento completo"), blank=True)
    approved_on = models.DateField(_("fecha de aprobación"), null=True, blank=True)
    updated_at = models.DateTimeField()
    is_current = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("código de ética")
        verbose_name_plural = _("códigos de ética")
        constraints = [
            models.UniqueConstraint(fields=["institution", "version"], name="ethics_code_version"),
            models.UniqueConstraint(
                fields=["institution"], condition=models.Q(is_current=True), name="ethics_code_one_current"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CodeArticle(models.Model):
    """What a code says on one topic of the courses. Unique by code and topic."""

    code = models.ForeignKey(EthicsCode, on_delete=models.CASCADE, related_name="articles")
    topic = models.CharField(_("tema"), max_length=12, choices=CodeTopic.choices)
    text = models.TextField(_("texto"))
    reference = models.CharField(_("dónde está"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("artículo del código")
        verbose_name_plural = _("artículos del código")
        constraints = [models.UniqueConstraint(fields=["code", "topic"], name="code_article_topic")]

    def __str__(self) -> str:
        return f"{self.get_topic_display()}: {self.text[:60]}"


class IntegrityContact(models.Model):
    """Whom to ask or where to report in an institution. Unique by institution and kind.

    PII: the name and office contact of a public office holder, public by function; replaced when
    the office changes hands.
    """

    class Kind(models.TextChoices):
        COORDINATOR = "coordinator", _("Coordinación de integridad")
        QUERIES = "queries", _("Canal de consultas")
        REPORTS = "reports", _("Canal de denuncias")
        COMMITTEE = "committee", _("Comité de integridad")

    institution = models.ForeignKey(
        "people.Institution", on_delete=models.CASCADE, related_name="integrity_contacts"
    )
    kind = models.CharField(_("tipo"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("nombre"), max_length=150)
    email = models.EmailField(_("correo"), blank=True)
    phone = models.CharField(_("teléfono o anexo"), max_length=60, blank=True)
    url = models.URLField(_("enlace"), blank=True)
    note = models.CharField(_("nota"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("contacto de integridad")
        verbose_name_plural = _("contactos de integridad")
        constraints = [models.UniqueConstraint(fields=["institution", "kind"], name="integrity_contact_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"


class Acknowledgement(models.Model):
    """A person declared to know one version of the code. Unique by person and code version.

    PII: a declaration of the person; kept with the training record, detached from the name when
    the person is erased.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="acknowledgements")
    code = models.ForeignKey(EthicsCode, on_delete=models.PROTECT, related_name="acknowledgements")
    acknowledged_at = models.DateTimeField()

    class Meta:
        verbose_name = _("declaración de conocimiento")
        verbose_name_plural = _("declaraciones de conocimiento")
        constraints = [models.UniqueConstraint(fields=["person", "code"], name="acknowledged_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.code_id}"
