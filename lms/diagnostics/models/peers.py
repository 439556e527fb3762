from django.db import models
from django.utils.translation import gettext_lazy as _


class PeerSummary(models.Model):
    """What was shown of the institutions of one kind that finished one version, from one moment on.

    The latest row of a version and kind is what pages show, until another group replaces it; so page
    loads do not differ. ``members``: ``{institution id: assessment id}`` of the group, never shown.
    ``figures``: ``{"overall" or dimension key: [low, median, high] or null}``, whole per cents.
    ``withdrawn_at``: not shown any more, because so many of the group published their own result
    that the others would be known.

    No personal data: institutions only.
    """

    release = models.ForeignKey(
        "diagnostics.QuestionnaireRelease", on_delete=models.PROTECT, related_name="peer_summaries"
    )
    kind = models.CharField(_("tipo de institución"), max_length=14)
    members = models.JSONField()
    figures = models.JSONField(_("cifras"))
    institution_count = models.PositiveIntegerField(_("instituciones"))
    shown_at = models.DateTimeField(_("se muestra desde"))
    withdrawn_at = models.DateTimeField(_("retirado"), null=True)

    class Meta:
        verbose_name = _("resumen de instituciones comparables")
        verbose_name_plural = _("resúmenes de instituciones comparables")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["release", "kind"], name="peers_of_release")]

    def __str__(self) -> str:
        return f"{self.release_id} {self.kind} {self.shown_at:%Y-%m-%d}"
