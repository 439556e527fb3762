"""Following a commitment by e-mail: asked for, confirmed, stopped. No account is needed."""

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lms.lib import clock
from lms.participation.access import Place, enter, get_commitment
from lms.participation.filters import read_number
from lms.participation.forms import FollowForm
from lms.participation.links import read_confirm_token, read_reply_token, read_stop_token
from lms.participation.models import Follower, Following
from lms.participation.selectors.contributions import find_contribution
from lms.participation.selectors.following import (
    find_follower,
    find_own_following,
    find_verified_address,
    list_followings,
)
from lms.participation.services.changing import stop_reply_mail
from lms.participation.services.following import (
    ask_to_follow,
    confirm_following,
    follow_with_account,
    stop_following,
)
from lms.people.keys import secret_keys
from lms.plan.models import Commitment

ONE_CLICK = "One-Click"
RATE = "30/m/ip,300/h/ip"
"""A ministry goes out through few addresses: wide for each of them; an e-mail address has its own limit."""


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, plan_code: str, number: int) -> HttpResponse:
    """An address to be confirmed, or one click with an account. The answer tells nothing of addresses."""
    place = enter(request=request, plan_code=plan_code)
    commitment = get_commitment(plan=place.plan, number=number)
    user_id = place.viewer.user_id
    own = find_own_following(user_id=user_id, commitment_id=commitment.pk) if user_id else None
    if request.method == "POST" and user_id and ("seguir" in request.POST or "dejar" in request.POST):
        return _click(request, place, commitment, own)
    form = FollowForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if ratelimit.consume(request, app="participation", action="follow", config={"follow": RATE}) is None:
            return ratelimit.respond_429(request)
        ask_to_follow(
            commitment_id=commitment.pk,
            address=form.cleaned_data["email"],
            language=get_language() or "",
            keys=secret_keys(),
            at=place.at,
        )
        return redirect(f"{request.path}?listo=si")
    context = {
        "place": place,
        "plan": place.plan,
        "commitment": commitment,
        "form": form,
        "is_asked": "listo" in request.GET,
        "own": own,
        "own_address": find_verified_address(user_id=user_id) if user_id else "",
    }
    return render(request, "participation/follow.html", context, status=400 if form.is_bound else 200)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, since programs that look at links in e-mails are not their readers; POST begins."""
    public_id = read_confirm_token(token)
    if public_id is None:
        return render(request, "participation/confirm.html", {"is_over": True}, status=410)
    if request.method != "POST":
        return _private(render(request, "participation/confirm.html", {}))
    following = confirm_following(public_id=public_id, at=clock.now())
    if following is None:
        return render(request, "participation/confirm.html", {"is_over": True}, status=410)
    return _private(render(request, "participation/confirm.html", {"following": following}))


# The token is the proof; mail programs send the POST of RFC 8058 without any cookie.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows what is followed and changes nothing; POST stops one commitment, or all."""
    public_id = read_stop_token(token)
    if public_id is None:
        raise Http404
    follower = find_follower(public_id=public_id)
    if request.method == "POST":
        _stop(request, follower)
        if request.POST.get("List-Unsubscribe") == ONE_CLICK:
            return HttpResponse(gettext("Listo."), content_type="text/plain; charset=utf-8")
        return redirect(f"{request.path}?listo=si")
    followings = list_followings(follower_id=follower.pk) if follower else []
    context = {"followings": followings, "is_saved": "listo" in request.GET}
    return _private(render(request, "participation/stop.html", context))


@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_replies(request: HttpRequest, token: str) -> HttpResponse:
    """No more e-mails about answers to one contribution: asked by GET, done by POST."""
    public_id = read_reply_token(token)
    row = find_contribution(public_id=public_id) if public_id else None
    if row is None:
        raise Http404
    if request.method == "POST":
        stop_reply_mail(contribution_id=row.pk)
        if request.POST.get("List-Unsubscribe") == ONE_CLICK:
            return HttpResponse(gettext("Listo."), content_type="text/plain; charset=utf-8")
        return redirect(f"{request.path}?listo=si")
    context = {"is_saved": "listo" in request.GET, "number": row.number}
    return _private(render(request, "participation/stop_replies.html", context))


def _click(request: HttpRequest, place: Place, commitment: Commitment, own: Following | None) -> HttpResponse:
    user_id = place.viewer.user_id or 0
    if "dejar" in request.POST:
        if own is not None:
            stop_following(follower_id=own.follower_id, commitment_ids=[commitment.pk])
        messages.success(request, _("Listo. No te escribiremos más sobre este compromiso."))
    elif find_verified_address(user_id=user_id):
        follow_with_account(
            user_id=user_id,
            commitment_id=commitment.pk,
            language=get_language() or "",
            keys=secret_keys(),
            at=place.at,
        )
        messages.success(request, _("Listo. Te escribiremos cuando haya novedades."))
    else:
        messages.error(request, _("Tu cuenta no tiene un correo confirmado. Escribe uno abajo."))
    return redirect("participation:follow", plan_code=place.plan.code, number=commitment.number)


def _stop(request: HttpRequest, follower: Follower | None) -> None:
    if follower is None:
        return
    chosen = read_number(request.POST, "compromiso")
    stop_following(follower_id=follower.pk, commitment_ids=None if chosen is None else [chosen])


def _private(response: HttpResponse) -> HttpResponse:
    """The address of such a page is its key."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
