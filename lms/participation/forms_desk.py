"""What those who keep a plan write: consultations, meetings, decisions, settings."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.participation.fields import YearedDayField, line_field, words_field
from lms.participation.forms import LONG_NOTE
from lms.participation.models import Consultation, ParticipationSettings
from lms.participation.models.contributions import REASON_CHOICES
from lms.participation.rules.contributions import LONGEST_NOTE
from lms.participation.rules.moderation import Act, HiddenReason
from lms.participation.rules.sections import DraftError, DraftSection, join_draft, split_draft
from lms.participation.services.consultations import ConsultationValues
from lms.participation.words import ACTS, describe_draft_error
from lms.plan.models import Commitment


class SettingsForm(forms.Form):
    """How people take part in the plan."""

    comments_open = forms.BooleanField(label=_("El plan recibe comentarios"), required=False)
    reviews_first = forms.BooleanField(
        label=_("Revisar cada texto antes de publicarlo"),
        required=False,
        help_text=_("Si no lo marcas, se publica de inmediato y se revisa después."),
    )
    space_rules = words_field(
        _("Reglas básicas del espacio de diálogo"),
        10_000,
        help_text=_("Quiénes lo forman, cómo se convoca y cómo se acuerda. Se publican con las reuniones."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, *args: Any, settings: ParticipationSettings, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {name: getattr(settings, name) for name in self.fields}


class DecisionForm(forms.Form):
    """What becomes of a contribution; only what its state allows can be chosen.

    ``seen``: how many corrections it had when it was read, so that nothing unread is published.
    """

    act = forms.ChoiceField(
        label=_("Qué decides"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Elige qué hacer con este texto."),
            "invalid_choice": _("Eso ya no se puede hacer con este texto. Elige de la lista."),
        },
    )
    reason = forms.ChoiceField(
        label=_("Motivo, si lo ocultas"),
        choices=[("", _("Elige un motivo")), *REASON_CHOICES],
        required=False,
        error_messages={"invalid_choice": _("Elige un motivo de la lista.")},
    )
    note = line_field(
        _("Nota"), LONGEST_NOTE, help_text=_("Si lo ocultas, se publica junto al motivo, en su lugar.")
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=1_000_000)

    def __init__(self, *args: Any, acts: Sequence[Act], seen: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        act: Any = self.fields["act"]
        act.choices = [(found.value, ACTS[found]) for found in acts]
        self.fields["note"].error_messages["max_length"] = LONG_NOTE
        self.initial = {"seen": seen}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("act") == Act.HIDE and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Para ocultar un texto hay que decir el motivo."))
        return cleaned

    @property
    def reason_chosen(self) -> HiddenReason | None:
        chosen = self.cleaned_data["reason"]
        return HiddenReason(chosen) if chosen else None


class ConsultationForm(forms.Form):
    """A call with its draft. ``is_used``: somebody contributed, so that the draft stays as it is."""

    title = line_field(_("Título"), 200, _("Escribe un título."))
    question = words_field(
        _("Qué se pregunta"),
        3000,
        _("Escribe qué se pregunta."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    commitment = forms.ModelChoiceField(
        label=_("Compromiso"),
        queryset=Commitment.objects.none(),
        required=False,
        empty_label=_("El plan completo"),
        error_messages={"invalid_choice": _("Elige un compromiso de la lista.")},
    )
    opens_on = YearedDayField(label=_("Abre"), required_text=_("Escribe qué día abre."))
    closes_on = YearedDayField(
        label=_("Cierra"),
        help_text=_("Último día en que se puede escribir."),
        required_text=_("Escribe qué día cierra."),
    )
    uses_commitments = forms.BooleanField(
        label=_("Las secciones del borrador son los compromisos del plan"),
        required=False,
        help_text=_("Se copian sus títulos y descripciones al guardar."),
    )
    draft = words_field(
        _("Borrador"),
        400_000,
        help_text=_(
            "Una línea que empieza con # titula una sección. En blanco solo si usas los compromisos."
        ),
        widget=forms.Textarea(attrs={"rows": 16}),
    )
    rules = words_field(_("Reglas de esta consulta"), 5000, widget=forms.Textarea(attrs={"rows": 4}))
    timeline = words_field(
        _("Qué pasa después y cuándo"),
        5000,
        _("Escribe qué se hará con los aportes y cuándo: es lo primero que la gente quiere saber."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    is_published = forms.BooleanField(label=_("Publicada"), required=False)

    def __init__(
        self,
        *args: Any,
        plan_id: int,
        row: Consultation | None = None,
        draft: Sequence[DraftSection] = (),
        is_used: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        commitment: Any = self.fields["commitment"]
        commitment.queryset = Commitment.objects.filter(plan_id=plan_id)
        self.kept_draft = list(draft) if is_used else None
        if row is not None:
            names = ("title", "question", "opens_on", "closes_on", "rules", "timeline", "is_published")
            self.initial = {name: getattr(row, name) for name in names}
            self.initial |= {"commitment": row.commitment_id, "draft": join_draft(draft)}
        if is_used:
            for name in ("draft", "uses_commitments", "commitment", "is_published"):
                del self.fields[name]
        self.row = row

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens, closes = cleaned.get("opens_on"), cleaned.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("Cierra antes de abrir: revisa las dos fechas."))
        if self.kept_draft is None and "draft" not in self.errors:
            self._cut_draft(cleaned)
        return cleaned

    @property
    def values(self) -> ConsultationValues:
        data, row = self.cleaned_data, self.row
        is_kept = self.kept_draft is not None and row is not None
        commitment = data.get("commitment")
        return ConsultationValues(
            title=data["title"],
            question=data["question"],
            rules=data["rules"],
            timeline=data["timeline"],
            opens_on=data["opens_on"],
            closes_on=data["closes_on"],
            is_published=bool(row and row.is_published) if is_kept else data["is_published"],
            commitment_id=row.commitment_id if is_kept and row else (commitment.pk if commitment else None),
            sections=self.kept_draft if is_kept else data["sections"],
        )

    def _cut_draft(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("uses_commitments"):
            if cleaned.get("commitment"):
                self.add_error("uses_commitments", _("Eso vale solo para el plan completo."))
            cleaned["sections"] = None
            return
        if not cleaned.get("draft"):
            self.add_error("draft", _("Escribe el borrador, o marca que las secciones son los compromisos."))
            return
        try:
            cleaned["sections"] = split_draft(cleaned["draft"])
        except DraftError as error:
            self.add_error("draft", describe_draft_error(error))
