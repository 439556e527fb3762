import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RosterStatus(models.TextChoices):
    """Where a roster is. ``WORKING`` are the states in which somebody has to go on with it."""

    UNMATCHED = "unmatched", _("Faltan columnas")
    READING = "reading", _("Leyendo")
    COMPARING = "comparing", _("Comparando")
    PREVIEW = "preview", _("En revisión")
    CHECKING = "checking", _("Por aplicar")
    APPLYING = "applying", _("Aplicando")
    ENDING = "ending", _("Aplicando")
    APPLIED = "applied", _("Aplicada")
    UNDOING = "undoing", _("Deshaciendo")
    UNDONE = "undone", _("Deshecha")
    DISCARDED = "discarded", _("Descartada")
    REFUSED = "refused", _("No se pudo leer")


UNDECIDED = (
    RosterStatus.UNMATCHED,
    RosterStatus.READING,
    RosterStatus.COMPARING,
    RosterStatus.PREVIEW,
    RosterStatus.REFUSED,
)
WRITING = (RosterStatus.CHECKING, RosterStatus.APPLYING, RosterStatus.ENDING, RosterStatus.UNDOING)
"""While one roster is in such a state, no other of its institution may be applied or undone."""

WORKING = (RosterStatus.READING, RosterStatus.COMPARING, *WRITING)


class RosterMapping(models.Model):
    """How one institution spells its rosters. Unique by institution and name.

    ``columns``: our column → their header. ``words``: column → their word → our code.

    PII: whoever saved it last, so that colleagues can ask; no word of a roster's people.
    """

    institution = models.ForeignKey(
        "people.Institution", on_delete=models.CASCADE, related_name="roster_mappings"
    )
    name = models.CharField(_("nombre"), max_length=80)
    columns = models.JSONField(default=dict)
    words = models.JSONField(default=dict)
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("columnas de una nómina")
        verbose_name_plural = _("columnas de nóminas")
        ordering = ["-updated_at"]
        constraints = [
            models.UniqueConstraint(fields=["institution", "name"], name="roster_mapping_once_per_name")
        ]

    def __str__(self) -> str:
        return self.name


class RosterImport(models.Model):
    """One roster file of one institution: read, shown in numbers, then applied or not at all.

    ``file`` names the uploaded file in the storage ``rosters`` until the decision. ``position`` is
    the last row read, ``done`` of ``total`` how far the present state has got, ``worked_at`` when it
    last moved. ``inspection`` describes the file to whoever matches its columns, and keeps the words
    that no list knows. ``reason`` says why it was refused or shown again.

    PII: the file, its checked rows (RUN only as fingerprint) and its wrong rows (encrypted), until
    the decision and at most seven days; afterwards counts, file name and hash, and for thirty days
    or until the next roster what has to be known to undo it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institution = models.ForeignKey("people.Institution", on_delete=models.CASCADE)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    mapping = models.ForeignKey(RosterMapping, null=True, blank=True, on_delete=models.SET_NULL)
    file_name = models.CharField(max_length=200)
    file = models.CharField(max_length=200, blank=True, editable=False)
    sha256 = models.CharField(max_length=64)
    roster_date = models.DateField(_("fecha de la nómina"))
    status = models.CharField(max_length=10, choices=RosterStatus.choices, default=RosterStatus.READING)
    columns = models.JSONField(default=list)
    titles = models.JSONField(default=list)
    inspection = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    position = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    worked_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("nómina cargada")
        verbose_name_plural = _("nóminas cargadas")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution"],
                condition=Q(status__in=[str(status) for status in WRITING]),
                name="roster_one_writes_in_institution",
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.status})"


class RosterChunk(models.Model):
    """Some rows of a roster, written together. Unique by roster, part and number.

    ``rows``: the checked rows, packed, without RUN; ``wrong``: the wrong rows as they stand in the
    file, encrypted; both until the decision. ``problems``: what is wrong, without quotations.
    ``verdicts``: what was decided, one letter a row, empty while it has not been compared;
    ``differences``: for how many people it was decided otherwise when they were written. ``before``:
    what the records were before and a mark of what they were afterwards, packed, until the roster
    cannot be undone any more. ``kept``: ids of the people whom somebody changed afterwards and whom
    undoing therefore left alone.

    PII: see RosterImport.
    """

    class Part(models.TextChoices):
        ROWS = "rows", _("filas")
        ABSENT = "absent", _("quienes no figuran")

    roster = models.ForeignKey(RosterImport, on_delete=models.CASCADE, related_name="chunks")
    part = models.CharField(max_length=6, choices=Part.choices, default=Part.ROWS)
    number = models.PositiveIntegerField()
    row_count = models.PositiveIntegerField(default=0)
    wrong_count = models.PositiveIntegerField(default=0)
    rows = models.BinaryField(null=True, editable=False)
    wrong = models.TextField(blank=True, editable=False)
    problems = models.JSONField(default=list)
    verdicts = models.TextField(blank=True)
    differences = models.PositiveIntegerField(default=0)
    before = models.BinaryField(null=True, editable=False)
    kept = models.JSONField(default=list)
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("parte de una nómina")
        verbose_name_plural = _("partes de nóminas")
        ordering = ["roster", "part", "number"]
        constraints = [models.UniqueConstraint(fields=["roster", "part", "number"], name="roster_chunk_once")]

    def __str__(self) -> str:
        return f"{self.roster_id}/{self.part}/{self.number}"
