"""The integrity coordinator says which code of ethics is in force."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lms.integrity.selectors.inserts import find_current_code
from lms.integrity.services.codes import save_code
from lms.people.gate import not_allowed_is_404
from lms.reports.ethics.ethics_door import enter
from lms.reports.ethics.forms_code import CodeForm


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def edit_code(request: HttpRequest) -> HttpResponse:
    """The document; saved, back to the list of slots."""
    door = enter(request)
    code = find_current_code(institution_id=door.institution.pk)
    form = CodeForm(request.POST if request.method == "POST" else None, code=code)
    if form.is_valid():
        data = form.cleaned_data
        save_code(
            institution=door.institution,
            title=data["title"],
            url=data["url"],
            approved_on=data["approved_on"],
            as_new_version=data.get("as_new_version", False),
            at=door.at,
        )
        messages.success(request, _("Guardado. Las lecciones ya nombran este código."))
        return redirect(reverse("integrity:system") + door.query)
    context = {"door": door, "code": code, "form": form}
    return render(request, "reports/integrity_code.html", context, status=400 if form.is_bound else 200)
