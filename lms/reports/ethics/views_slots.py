"""The integrity coordinator fills a slot, reviews it, and says who keeps it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from courses.selectors import list_lessons_with
from lms.integrity.models import SLOT_KINDS, Family, SlotKind
from lms.integrity.selectors.slots import SlotRow, read_slot
from lms.integrity.services.slots import SlotChangedError, save_slot
from lms.people.gate import not_allowed_is_404
from lms.people.models import Role, User
from lms.people.selectors.holders import read_holders
from lms.reports.ethics.ethics_door import EthicsDoor, enter, find_kind
from lms.reports.ethics.forms_slots import FORMS, SlotForm
from lms.reports.ethics.slot_words import look_of

BLOCKS = {
    Family.ARTICLE: ("code_of_ethics", "dilemma"),
    Family.CONTACT: ("channels",),
    Family.EXAMPLE: ("local_example",),
}
"""Kinds of blocks of a lesson that show a slot."""

OVERTAKEN = gettext_lazy(
    "Otra persona guardó este texto mientras escribías. "
    "Lo tuyo sigue aquí: compáralo con lo que se muestra hoy y guarda de nuevo."
)


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def edit_slot(request: HttpRequest, slug: str) -> HttpResponse:
    """One slot. Saved, back to the list, or on to the next one."""
    door, kind = enter(request), find_kind(slug)
    row = read_slot(institution_id=door.institution.pk, kind=kind, day=door.day)
    holders = read_holders(role=Role.INTEGRITY_COORDINATOR, at=door.at)
    form = FORMS[kind.family](
        request.POST if request.method == "POST" else None,
        today=door.day,
        version=row.version,
        holders=holders.everybody_of(door.institution.pk),
    )
    if form.is_valid() and _save(request, door, kind, form):
        return redirect(_after(request, kind) + door.query)
    context = {
        "door": door,
        "row": row,
        "look": look_of(row.state),
        "form": form,
        "lessons": list_lessons_with(blocks=BLOCKS[kind.family], topic=kind.topic),
        "has_next": kind != SLOT_KINDS[-1],
    }
    return render(request, "reports/integrity_slot.html", context, status=400 if form.is_bound else 200)


def _save(request: HttpRequest, door: EthicsDoor, kind: SlotKind, form: SlotForm) -> bool:
    """False, with the reason in the form, where somebody else was faster."""
    try:
        _version, is_new = save_slot(
            institution=door.institution,
            kind=kind.value,
            content=form.content,
            review_by=form.review_day,
            owner=User.objects.filter(pk=form.owner_id).first() if form.owner_id else None,
            author=door.account,
            seen=form.cleaned_data["seen"],
            at=door.at,
        )
    except SlotChangedError:
        _show_both(door, kind, form)
        return False
    said = _("Guardado. Las lecciones ya lo muestran.") if is_new else _("No había nada que cambiar.")
    messages.success(request, said)
    return True


def _show_both(door: EthicsDoor, kind: SlotKind, form: SlotForm) -> None:
    """Nothing is lost: what was typed stays, and the next try is made against what is there now."""
    now = read_slot(institution_id=door.institution.pk, kind=kind, day=door.day)
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["seen"] = str(_number(now))  # type: ignore[index]
    form.add_error(None, OVERTAKEN)


def _number(row: SlotRow) -> int:
    return row.version.number if row.version else 0


def _after(request: HttpRequest, kind: SlotKind) -> str:
    place = SLOT_KINDS.index(kind) + 1
    if "siguiente" in request.POST and place < len(SLOT_KINDS):
        return reverse("integrity:slot", args=[SLOT_KINDS[place].slug])
    return reverse("integrity:system")
