"""The form by which HR makes two records one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.people.models import Person

FIRST, SECOND = "primera", "segunda"


class MergeForm(forms.Form):
    """Which record stays and, where both have an account, which account. Each by the person's name."""

    keep = forms.ChoiceField(
        label=_("Qué ficha queda"),
        widget=forms.RadioSelect,
        help_text=_("Queda su nombre y su RUN. Todo lo de la otra pasa a esta."),
        error_messages={
            "required": _("Elige qué ficha queda."),
            "invalid_choice": _("Elige una de las dos fichas."),
        },
    )
    account = forms.ChoiceField(
        label=_("Qué cuenta queda"),
        widget=forms.RadioSelect,
        help_text=_("Con la otra ya no se podrá ingresar."),
        error_messages={
            "required": _("Elige con qué cuenta seguirá ingresando."),
            "invalid_choice": _("Elige una de las dos cuentas."),
        },
    )
    is_same = forms.BooleanField(
        label=_("Comprobé que es la misma persona"),
        error_messages={"required": _("Confirma que comprobaste que es la misma persona.")},
    )

    def __init__(self, *args: Any, first: Person, second: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {FIRST: first, SECOND: second}
        self.fields["keep"].choices = [  # type: ignore[attr-defined]
            (FIRST, _("La primera: %(name)s") % {"name": first.full_name}),
            (SECOND, _("La segunda: %(name)s") % {"name": second.full_name}),
        ]
        if first.user is None or second.user is None:
            del self.fields["account"]
        else:
            self.fields["account"].choices = [  # type: ignore[attr-defined]
                (FIRST, _("La de la primera: %(account)s") % {"account": first.user}),
                (SECOND, _("La de la segunda: %(account)s") % {"account": second.user}),
            ]

    @property
    def kept(self) -> Person:
        return self._people[self.cleaned_data["keep"]]

    @property
    def merged(self) -> Person:
        return self._people[SECOND if self.cleaned_data["keep"] == FIRST else FIRST]

    @property
    def account_of(self) -> int | None:
        """Whose account stays, by the person's id."""
        choice = self.cleaned_data.get("account")
        return self._people[choice].pk if choice else None
