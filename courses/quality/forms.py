"""Saying why a page goes on in spite of what blocks it."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.quality.rules import Finding

SHORTEST_REASON, LONGEST_REASON = 15, 500


class OverrideForm(forms.Form):
    """One reason for each finding; those that are left empty keep blocking."""

    def __init__(self, *args: Any, findings: Iterable[Finding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.findings = {_name_of(finding): finding for finding in findings}
        for name in self.findings:
            self.fields[name] = forms.CharField(
                label=_("Motivo para publicarlo así"),
                required=False,
                min_length=SHORTEST_REASON,
                max_length=LONGEST_REASON,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("Queda en el historial de la página."),
                error_messages={"min_length": _("Explica el motivo con unas palabras más.")},
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(_("Escribe al menos un motivo, o corrige lo que bloquea."))
        return cleaned

    @property
    def reasons(self) -> list[tuple[Finding, str]]:
        """What was given, once the form is valid."""
        return [(finding, self.cleaned_data[name]) for name, finding in self.findings.items()
                if self.cleaned_data[name]]  # fmt: skip


def _name_of(finding: Finding) -> str:
    """The same while the finding is the same, however the others change."""
    return "motivo-" + hashlib.sha256(f"{finding.rule}|{finding.place}".encode()).hexdigest()[:16]
