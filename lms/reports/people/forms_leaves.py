"""Forms of leaves: only dates. Why somebody is away is never asked."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.people.models import Institution
from lms.reports.people.forms_dates import DatedForm
from lms.ui.day_field import DayField


class LeaveForm(DatedForm):
    """From when to when. ``places``: where the person works; asked only where there are several."""

    institution = forms.ChoiceField(
        label=_("Institución"), error_messages={"invalid_choice": _("Elige una institución de la lista.")}
    )
    first_day = DayField(label=_("Primer día de ausencia"), required_text=_("Escribe el primer día."))
    last_day = DayField(
        label=_("Último día de ausencia"),
        required=False,
        help_text=_("Déjalo vacío si todavía no se sabe cuándo vuelve."),
    )

    def __init__(self, *args: Any, places: Sequence[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._places = places
        if len(places) == 1:
            del self.fields["institution"]
        else:
            self.fields["institution"].choices = [(str(one.pk), one.name) for one in places]  # type: ignore[attr-defined]

    @property
    def institution_id(self) -> int:
        """Where the person is away."""
        return int(self.cleaned_data.get("institution") or self._places[0].pk)


class ReturnForm(DatedForm):
    """The last day of a leave."""

    last_day = DayField(
        label=_("Último día de ausencia"),
        required_text=_("Escribe el último día de ausencia."),
        help_text=_("El día antes de volver."),
    )
