"""The form of a unit: its name, its code where it is new, and from which it hangs."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.people.models import Unit


class UnitForm(forms.Form):
    """``parents``: pairs of id and path. ``needs_parent``: the viewer answers for some units only."""

    code = forms.CharField(
        label=_("Código"),
        max_length=40,
        help_text=_("El mismo de la nómina, para reconocerla."),
        error_messages={"required": _("Escribe el código.")},
    )
    name = forms.CharField(
        label=_("Nombre"), max_length=255, error_messages={"required": _("Escribe el nombre.")}
    )
    parent = forms.ChoiceField(
        label=_("Depende de"),
        required=False,
        error_messages={
            "required": _("Elige de qué unidad depende."),
            "invalid_choice": _("Elige una unidad de la lista."),
        },
    )

    def __init__(
        self, *args: Any, parents: Sequence[tuple[str, str]], needs_parent: bool, is_new: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        top = ("", _("Elige")) if needs_parent else ("", _("De ninguna: es de las primeras"))
        self.fields["parent"].choices = [top, *parents]  # type: ignore[attr-defined]
        self.fields["parent"].required = needs_parent
        if not is_new:
            del self.fields["code"]

    @property
    def chosen_parent(self) -> Unit | None:
        """The chosen unit. One query."""
        pk = self.cleaned_data["parent"]
        return Unit.objects.get(pk=int(pk)) if pk else None
