"""Choosing as whom to look."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from lms.integrity.models import SlotVersion
from lms.people.models import Estamento, Institution


class LearnerForm(forms.Form):
    """Both may stay empty. Institutions that filled what lessons show of them come first."""

    institution = forms.ModelChoiceField(
        Institution.objects.none(),
        label=_("Institución"),
        required=False,
        empty_label=_("Sin institución"),
        to_field_name="code",
    )
    estamento = forms.ChoiceField(label=_("Estamento"), required=False)

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        filled = SlotVersion.objects.current().filter(institution=OuterRef("pk"))
        institutions = Institution.objects.valid_on(day).annotate(has_slots=Exists(filled))
        self.fields["institution"].queryset = institutions.order_by("-has_slots", "name")  # type: ignore[attr-defined]
        self.fields["estamento"].choices = [("", _("Cualquiera")), *Estamento.choices]  # type: ignore[attr-defined]
