"""Data by upload: the file, its preview, the decision."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lms.indicators.access import keep_indicator
from lms.indicators.forms import UploadForm
from lms.indicators.models import Indicator, PendingUpload
from lms.indicators.rules.columns import columns_of
from lms.indicators.rules.definitions import measure_mark
from lms.indicators.rules.problems import FileRefusedError
from lms.indicators.selectors.definitions import redefined_since, redefined_words
from lms.indicators.selectors.files import CONTENT_TYPES, template_file
from lms.indicators.selectors.preview_lines import PreviewLines, read_preview
from lms.indicators.selectors.revisions import find_base, list_locked_periods
from lms.indicators.selectors.upload_words import file_words
from lms.indicators.selectors.words import frequency_example
from lms.indicators.services.uploads import (
    NothingNewError,
    Preview,
    PreviewOutdatedError,
    UploadRefusedError,
    confirm_upload,
    discard_upload,
    preview_upload,
    receive_upload,
    renew_base,
)
from lms.indicators.views.files import send_file
from lms.indicators.views.manage import sent
from lms.lib import clock
from lms.lib.table_files import LARGEST_FILE
from lms.people.selectors.viewers import get_viewer


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, plan_code: str, code: str) -> HttpResponse:
    """A file goes in, or is refused with what is wrong with it."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    indicator = keep_indicator(plan_code, code, viewer)
    form = UploadForm(sent(request), request.FILES or None)
    if form.is_valid() and (pending := _receive(form, indicator, viewer.user_id, at)):
        return redirect("indicators:preview", plan_code, code, pending.pk)
    context = _upload_context(indicator, form)
    return render(request, "indicators/upload.html", context, status=400 if form.is_bound else 200)


def _receive(form: UploadForm, indicator: Indicator, user_id: int | None, at: Any) -> PendingUpload | None:
    file = form.cleaned_data["file"]
    try:
        # One byte beyond the limit is enough to refuse it.
        content = file.read(LARGEST_FILE + 1)
        return receive_upload(
            indicator_id=indicator.pk, content=content, file_name=form.file_name,
            note=form.cleaned_data["note"], by_id=user_id or 0, at=at,
        )  # fmt: skip
    except FileRefusedError as error:
        for words in file_words(error):
            form.add_error("file", words)
    return None


def _upload_context(indicator: Indicator, form: UploadForm) -> dict[str, Any]:
    base = find_base(indicator=indicator)
    return {
        "form": form,
        "plan": indicator.plan,
        "indicator": indicator,
        "base": base,
        "redefined": redefined_since(indicator=indicator, revision=base),
        "columns": columns_of(indicator.shape),
        "dimensions": indicator.shape.dimensions,
        "is_ratio": indicator.kind == Indicator.Kind.RATIO,
        "example_period": frequency_example(indicator.frequency),
        "locked": list_locked_periods(list(indicator.locks.all())),
        "pending": indicator.pending.select_related("uploaded_by"),
    }


@require_GET
def template(request: HttpRequest, plan_code: str, code: str, kind: str) -> HttpResponse:
    """The titles of the file, to fill in."""
    indicator = keep_indicator(plan_code, code, get_viewer(user=request.user, at=clock.now()))
    if kind not in CONTENT_TYPES or kind == "json":
        raise Http404
    return send_file(template_file(indicator=indicator, kind=kind))


@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest, plan_code: str, code: str, upload_id: int) -> HttpResponse:
    """What a file would do; a post does it, all or nothing."""
    try:
        found = _find(request, plan_code, code, upload_id)
    except _GoneError as gone:
        return _say_gone(request, gone.indicator)
    return _confirm(request, found) if request.method == "POST" else _show(request, found)


@require_POST
def discard(request: HttpRequest, plan_code: str, code: str, upload_id: int) -> HttpResponse:
    """The file is forgotten."""
    try:
        found = _find(request, plan_code, code, upload_id)
    except _GoneError as gone:
        return _say_gone(request, gone.indicator)
    discard_upload(upload=found.upload)
    messages.info(request, _("El archivo se descartó. No cambió nada."))
    return redirect("indicators:upload", plan_code, code)


class _GoneError(LookupError):
    """The file was confirmed, discarded or replaced; or there never was one."""

    def __init__(self, indicator: Indicator) -> None:
        super().__init__(indicator.code)
        self.indicator = indicator


@dataclass(frozen=True)
class _Found:
    upload: PendingUpload
    indicator: Indicator
    user_id: int | None
    at: Any


def _find(request: HttpRequest, plan_code: str, code: str, upload_id: int) -> _Found:
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    indicator = keep_indicator(plan_code, code, viewer)
    try:
        upload = PendingUpload.objects.select_related("indicator").get(pk=upload_id, indicator=indicator)
    except (PendingUpload.DoesNotExist, OverflowError):
        raise _GoneError(indicator) from None
    return _Found(upload, indicator, viewer.user_id, at)


def _confirm(request: HttpRequest, found: _Found) -> HttpResponse:
    is_published = request.POST.get("publicar") != "no"
    try:
        revision = confirm_upload(
            indicator_id=found.indicator.pk, upload_id=found.upload.pk, by_id=found.user_id or 0,
            at=found.at, is_published=is_published, measured=request.POST.get("medida", ""),
        )  # fmt: skip
    except PendingUpload.DoesNotExist:
        return _say_gone(request, found.indicator)
    except PreviewOutdatedError:
        renew_base(upload=found.upload)
        words = _("Mientras revisabas cambiaron los datos o la definición. Mira de nuevo las diferencias.")
        messages.warning(request, words)
        return _show(request, found, status=409)
    except (UploadRefusedError, NothingNewError, FileRefusedError):
        return _show(request, found, status=400)
    number = {"number": revision.number}
    if is_published:
        messages.success(request, _("La revisión %(number)s quedó publicada.") % number)
    else:
        messages.success(request, _("La revisión %(number)s quedó guardada, sin publicar.") % number)
    return redirect("indicators:revisions", found.indicator.plan.code, found.indicator.code)


def _say_gone(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    words = _("Ese archivo ya se confirmó, se descartó o se reemplazó por otro. Aquí está lo que quedó.")
    messages.info(request, words)
    return redirect("indicators:revisions", indicator.plan.code, indicator.code)


def _show(request: HttpRequest, found: _Found, status: int = 200) -> HttpResponse:
    try:
        result = preview_upload(upload=found.upload)
    except FileRefusedError as error:
        context = _preview_context(found) | {"faults": file_words(error)}
        return render(request, "indicators/preview.html", context, status=status)
    lines = read_preview(
        rows=result.rows, problems=result.problems, warnings=result.warnings, diff=result.diff,
        shape=found.indicator.shape, shape_before=result.base.shape if result.base else found.indicator.shape,
    )  # fmt: skip
    context = _preview_context(found) | {
        "preview": result,
        "lines": lines,
        "summary": _summary(result, lines),
        "measured": measure_mark(said=found.indicator.said),
        "redefined": redefined_words(result.diff.redefined),
    }
    return render(request, "indicators/preview.html", context, status=status)


def _preview_context(found: _Found) -> dict[str, Any]:
    return {"upload": found.upload, "indicator": found.indicator, "plan": found.indicator.plan}


def _summary(result: Preview, lines: PreviewLines) -> str:
    if lines.problem_count:
        return ngettext(
            "Hay %(count)s problema. Corrige el archivo y cárgalo otra vez: no se guardó nada.",
            "Hay %(count)s problemas. Corrige el archivo y cárgalo otra vez: no se guardó nada.",
            lines.problem_count,
        ) % {"count": lines.problem_count}
    if result.diff.is_empty:
        return _("El archivo dice lo mismo que los datos publicados. No hay nada que guardar.")
    return _("El archivo se puede publicar. Revisa qué cambia y confirma.")
