"""Stopping e-mails by the link in each of them: no login, nothing shown but a masked address."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lms.lib import clock
from lms.notices.choices import keep_choices, list_choices
from lms.notices.links import read_token
from lms.notices.rules.addresses import mask_address
from lms.notices.selectors.addresses import address_of
from lms.notices.services.preferences import turn_everything_off
from lms.people.models import Person

ONE_CLICK = "One-Click"


# The token is the proof; mail programs send the POST of RFC 8058 without any cookie.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows what one gets, and changes nothing; POST turns all off, or keeps what is ticked."""
    person = _find_person(token)
    at = clock.now()
    if request.method == "POST":
        if request.POST.get("List-Unsubscribe") == ONE_CLICK:
            turn_everything_off(person_id=person.pk, at=at)
            return HttpResponse(gettext("Listo."), content_type="text/plain; charset=utf-8")
        if "todas" in request.POST:
            turn_everything_off(person_id=person.pk, at=at)
        else:
            keep_choices(person_id=person.pk, wanted=request.POST.getlist("quiero"), at=at)
        return redirect(f"{request.path}?listo=si")
    choices = list_choices(person_id=person.pk, at=at)
    context = {
        "address": mask_address(address_of(person)),
        "choices": choices,
        "is_saved": "listo" in request.GET,
        "is_all_off": not any(choice.is_selected for choice in choices),
    }
    response = render(request, "notices/unsubscribe.html", context)
    response["Referrer-Policy"] = "no-referrer"  # the address of this page is its key
    response["X-Robots-Tag"] = "noindex"
    return response


def _find_person(token: str) -> Person:
    """Whose token it is, or into whom that record was merged.

    Raises:
        Http404: it is none of ours, or the person was erased.
    """
    public_id = read_token(token)
    if public_id is None:
        raise Http404
    person = Person.objects.select_related("user", "merged_into__user").filter(public_id=public_id).first()
    if person is None:
        raise Http404
    person = person.merged_into or person
    if person.erased_at:
        raise Http404
    return person
