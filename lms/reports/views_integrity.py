"""The integrity coordinator edits the institution's code of ethics and contacts."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lms.integrity.selectors import find_current_code
from lms.integrity.services import save_code, save_contacts
from lms.lib import clock
from lms.people.gate import not_allowed_is_404
from lms.people.models import Institution
from lms.people.policy import Action, grants_for, require, require_any
from lms.people.selectors.viewers import get_viewer
from lms.reports.forms_integrity import CodeForm, contact_forms


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def integrity_system(request: HttpRequest) -> HttpResponse:
    """Code and contacts of one institution, on one page, saved together."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    first = require_any(viewer=viewer, action=Action.EDIT_ETHICS_CODE)
    grants = grants_for(viewer=viewer, action=Action.EDIT_ETHICS_CODE)
    own = [grant for grant in grants if grant.institution_id]
    wanted = request.GET.get("institucion", "").replace("\x00", "")[:40]
    if wanted:
        institution = Institution.objects.filter(code=wanted).first()
    else:
        wanted_id = (own[0] if own else first).institution_id or viewer.institution_id
        institution = Institution.objects.filter(pk=wanted_id).first() if wanted_id else None
    if institution is None:
        raise Http404
    require(viewer=viewer, action=Action.EDIT_ETHICS_CODE, institution_id=institution.pk)
    code = find_current_code(institution_id=institution.pk)
    contacts = {contact.kind: contact for contact in institution.integrity_contacts.all()}
    posted = request.POST if request.method == "POST" else None
    form = CodeForm(posted, code=code)
    people = contact_forms(posted, contacts)
    valid = [one.is_valid() for one in (form, *(p for _kind, _label, p in people))]
    if all(valid):
        save_code(
            institution=institution,
            title=form.cleaned_data["title"],
            url=form.cleaned_data["url"],
            approved_on=form.cleaned_data["approved_on"],
            articles=form.articles,
            as_new_version=form.cleaned_data["as_new_version"],
            at=at,
        )
        save_contacts(institution=institution, contacts={kind: p.text for kind, _label, p in people})
        messages.success(request, _("Guardado. Las lecciones ya muestran estos textos a tu institución."))
        return redirect(request.get_full_path())
    return render(
        request,
        "reports/integrity.html",
        {
            "institution": institution,
            "institutions": own,
            "code": code,
            "form": form,
            "contacts": people,
            "forms_with_errors": [f for f in (form, *(p for _k, _l, p in people)) if f.is_bound and f.errors],
        },
        status=400 if request.method == "POST" else 200,
    )
