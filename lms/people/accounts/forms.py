"""What sign-up asks beyond e-mail and password."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class SignupNames(forms.Form):
    """Names, as they will be printed on certificates."""

    first_name = forms.CharField(
        label=_("Nombres"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=_("Apellidos"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Called by allauth with the new account; allauth has stored the names already."""
