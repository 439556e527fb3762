"""Forms of forwarding: a target, a change of it, sending again."""

from datetime import date, datetime, time
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django import forms
from django.core.validators import RegexValidator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from lms.lib.clock import CHILE
from lms.operations.forms_statements import StoredDayField
from lms.operations.selectors_forwarding import is_target_name_taken
from lms.operations.words import KNOWN_VERBS
from lms.xapi.models import ForwardTarget
from lms.xapi.rules.formats import is_iri

MOST_VERBS = 50
PRIVATE_ADDRESS = _(
    "Esa dirección es de una red interna y desde aquí no se envía hacia adentro. Si corresponde, quien "
    "administra el servidor activa el ajuste XAPI_FORWARD_PRIVATE."
)
_printable = RegexValidator(
    r"^[\x21-\x7e]+$", _("Usa solo letras sin tilde, números y signos, sin espacios.")
)
_no_colon = RegexValidator(r"^[^:]*$", _("La clave no lleva dos puntos."))


class ConnectionForm(forms.Form):
    """Where, and with which key. ``target`` is the one that is changed: its secret need not be repeated."""

    endpoint = forms.CharField(
        label=_("Dirección del registro de destino"),
        help_text=_("La que da el otro sistema como «endpoint», por ejemplo https://lrs.servicio.cl/xapi"),
        max_length=500,
        validators=[_printable],
        widget=forms.URLInput,
        error_messages={"required": _("Escribe la dirección.")},
    )
    key = forms.CharField(
        label=_("Clave"),
        max_length=200,
        validators=[_printable, _no_colon],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Escribe la clave que te dio el otro sistema.")},
    )
    secret = forms.CharField(
        label=_("Secreto"),
        max_length=500,
        strip=False,
        validators=[_printable],
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Escribe el secreto que te dio el otro sistema.")},
    )

    def __init__(self, *args: Any, target: ForwardTarget | None = None, **kwargs: Any) -> None:
        if target is not None:
            kwargs["initial"] = {"endpoint": target.endpoint, "key": target.key}
        super().__init__(*args, **kwargs)
        self.target = target
        if target is not None:
            self.fields["secret"].required = False
            self.fields["secret"].help_text = _("Déjalo en blanco para seguir con el que ya está guardado.")

    def clean_endpoint(self) -> str:
        endpoint: str = self.cleaned_data["endpoint"].rstrip("/")
        parts = _split(endpoint)
        if parts.username or parts.password:
            raise forms.ValidationError(_("La clave y el secreto van en sus propios campos."))
        if parts.query or parts.fragment:
            raise forms.ValidationError(_("Escribe la dirección sin lo que sigue a «?» o «#»."))
        if parts.path.endswith("/statements"):
            raise forms.ValidationError(_("Escribe la dirección sin «/statements» al final."))
        return endpoint

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        endpoint = cleaned.get("endpoint")
        if self.target is None or endpoint is None or cleaned.get("secret") or "secret" in self.errors:
            return cleaned
        if _server(endpoint) != _server(self.target.endpoint):
            # A secret that was given for one server is not shown to another.
            self.add_error("secret", _("Cambió el servidor. Escribe otra vez el secreto."))
        return cleaned


class TargetForm(ConnectionForm):
    """A new target."""

    name = forms.CharField(
        label=_("Nombre"), max_length=100, error_messages={"required": _("Escribe un nombre.")}
    )
    what = forms.ChoiceField(
        label=_("Qué se envía"),
        choices=[
            ("ours", _("Solo lo que dice esta plataforma")),
            ("all", _("Todo, también lo que guardaron otros programas")),
        ],
        initial="ours",
        widget=forms.RadioSelect,
        error_messages={"required": _("Elige qué se envía.")},
    )
    since = forms.ChoiceField(
        label=_("Desde cuándo"),
        choices=[("now", _("Desde ahora")), ("start", _("Desde el principio: también todo lo anterior"))],
        initial="now",
        widget=forms.RadioSelect,
        error_messages={"required": _("Elige desde cuándo.")},
    )
    own_pseudonyms = forms.BooleanField(
        label=_("Usar seudónimos propios de este destino"),
        help_text=_(
            "Cada persona se llama allá de otra forma que aquí y que en los demás destinos. Recomendado."
        ),
        initial=True,
        required=False,
    )
    verbs = forms.MultipleChoiceField(
        label=_("Solo estos verbos"),
        help_text=_("Sin marcar ninguno, se envían todos."),
        choices=[(word.iri, capfirst(word.es)) for word in KNOWN_VERBS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("Elige verbos de la lista.")},
    )
    other_verbs = forms.CharField(
        label=_("Otros verbos, por su dirección (IRI)"),
        help_text=_("Uno por línea."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=5000,
    )
    field_order = [
        "name",
        "endpoint",
        "key",
        "secret",
        "what",
        "since",
        "own_pseudonyms",
        "verbs",
        "other_verbs",
    ]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if is_target_name_taken(name=name):
            raise forms.ValidationError(_("Ya hay un destino con ese nombre. Elige otro."))
        return name

    def clean_other_verbs(self) -> list[str]:
        iris = self.cleaned_data["other_verbs"].split()
        wrong = [iri for iri in iris if not is_iri(iri)]
        if wrong:
            raise forms.ValidationError(
                _("«%(text)s» no es un IRI. Escribe uno por línea, completo."), params={"text": wrong[0][:80]}
            )
        if len(iris) > MOST_VERBS:
            raise forms.ValidationError(_("Escribe %(most)s verbos o menos."), params={"most": MOST_VERBS})
        return list(dict.fromkeys(iris))

    @property
    def chosen_verbs(self) -> list[str]:
        """The verbs wanted; empty for all."""
        return [*self.cleaned_data["verbs"], *self.cleaned_data["other_verbs"]]


class ReplayForm(forms.Form):
    """From which day on to send again. ``today``: calendar date of the request."""

    day = StoredDayField(label=_("Reenviar lo guardado desde"), help_text=_("Ese día incluido."))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["day"].required = True
        self.fields["day"].error_messages["required"] = _("Elige un día.")

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(_("Esa fecha todavía no llega."))
        return day

    @property
    def since(self) -> datetime:
        """Midnight in Chile."""
        return datetime.combine(self.cleaned_data["day"], time(), tzinfo=CHILE)


def _split(endpoint: str) -> SplitResult:
    """The parts of an address of the web.

    Raises:
        ValidationError: it is none.
    """
    try:
        parts = urlsplit(endpoint)
        is_complete = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_complete = False
    if not is_complete:
        raise forms.ValidationError(_("Escribe la dirección completa, con https:// al principio."))
    return parts


def _server(endpoint: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(endpoint)
    return parts.scheme, parts.hostname, parts.port
