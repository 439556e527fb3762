"""The form of a code of ethics: the document, not what it says."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.integrity.models import EthicsCode

LONG_ADDRESS = _("Es demasiado larga: usa hasta 200 letras.")


class CodeForm(forms.Form):
    """Title, address and day of approval; of a code that is there already, whether it is a new version."""

    title = forms.CharField(label=_("Cómo se llama el código"), max_length=200)
    url = forms.URLField(
        label=_("Dirección del documento completo"),
        max_length=200,
        required=False,
        assume_scheme="https",
        error_messages={"max_length": LONG_ADDRESS},
    )
    approved_on = forms.DateField(
        label=_("Fecha de aprobación"), required=False, help_text=_("Por ejemplo: 15-08-2024.")
    )
    as_new_version = forms.BooleanField(
        label=_("Es una versión nueva: pedir a las personas que vuelvan a declarar que la conocen"),
        required=False,
    )

    def __init__(self, *args: Any, code: EthicsCode | None = None, **kwargs: Any) -> None:
        if code:
            kwargs["initial"] = {"title": code.title, "url": code.url, "approved_on": code.approved_on}
        super().__init__(*args, **kwargs)
        if code is None:
            del self.fields["as_new_version"]
