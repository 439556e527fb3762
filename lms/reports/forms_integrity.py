"""The integrity coordinator's forms: code of ethics and contacts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.blocks import CodeTopic
from lms.integrity.models import EthicsCode, IntegrityContact
from lms.integrity.services import ArticleText, ContactText


class CodeForm(forms.Form):
    """Title, address and one text per topic; a topic left empty shows the general text."""

    title = forms.CharField(label=_("Cómo se llama el código"), max_length=200)
    url = forms.URLField(label=_("Dirección del documento completo"), required=False, assume_scheme="https")
    approved_on = forms.DateField(
        label=_("Fecha de aprobación"), required=False, help_text=_("Por ejemplo: 15-08-2024.")
    )

    def __init__(self, *args: Any, code: EthicsCode | None = None, **kwargs: Any) -> None:
        initial: dict[str, Any] = {}
        if code:
            initial = {"title": code.title, "url": code.url, "approved_on": code.approved_on}
            for article in code.articles.all():
                initial[f"text_{article.topic}"] = article.text
                initial[f"reference_{article.topic}"] = article.reference
        kwargs["initial"] = initial | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        for topic, label in CodeTopic.choices:
            self.fields[f"text_{topic}"] = forms.CharField(
                label=label, required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
            )
            self.fields[f"reference_{topic}"] = forms.CharField(
                label=_("Dónde está, sobre %(topic)s") % {"topic": str(label).lower()},
                required=False,
                max_length=120,
                help_text=_("Por ejemplo: Título III, página 18."),
            )
        self.fields["as_new_version"] = forms.BooleanField(
            label=_("Es una versión nueva: pedir a las personas que vuelvan a declarar que la conocen"),
            required=False,
        )

    @property
    def topics(self) -> list[tuple[Any, Any]]:
        """Pairs of fields, text and reference, by topic."""
        return [(self[f"text_{topic}"], self[f"reference_{topic}"]) for topic in CodeTopic.values]

    @property
    def articles(self) -> dict[str, ArticleText]:
        """The cleaned texts by topic."""
        data = self.cleaned_data
        return {t: ArticleText(data[f"text_{t}"], data[f"reference_{t}"]) for t in CodeTopic.values}


class ContactForm(forms.Form):
    """One contact. Without a name it is removed; with one it needs a way to be reached."""

    name = forms.CharField(label=_("Nombre"), max_length=150, required=False)
    email = forms.EmailField(label=_("Correo"), required=False)
    phone = forms.CharField(label=_("Teléfono o anexo"), max_length=60, required=False)
    url = forms.URLField(label=_("Enlace"), required=False, assume_scheme="https")
    note = forms.CharField(label=_("Nota"), max_length=250, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        reachable = any(cleaned.get(name) for name in ("email", "phone", "url"))
        if cleaned.get("name") and not reachable and not self.errors:
            self.add_error("email", _("Agrega un correo, un teléfono o un enlace."))
        if reachable and not cleaned.get("name") and not self.errors:
            self.add_error("name", _("Falta el nombre."))
        return cleaned

    @property
    def text(self) -> ContactText:
        data = self.cleaned_data
        return ContactText(data["name"], data["email"], data["phone"], data["url"], data["note"])


def contact_forms(data: Any, contacts: dict[str, IntegrityContact]) -> list[tuple[str, str, ContactForm]]:
    """``(kind, label, form)`` for each kind of contact."""
    found = []
    for kind, label in IntegrityContact.Kind.choices:
        contact = contacts.get(kind)
        initial = (
            {name: getattr(contact, name) for name in ("name", "email", "phone", "url", "note")}
            if contact
            else {}
        )
        found.append((kind, str(label), ContactForm(data, prefix=kind, initial=initial)))
    return found
