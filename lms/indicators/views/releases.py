"""The keepers publish or withdraw releases, and close or open periods."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lms.indicators.access import keep_indicator
from lms.indicators.forms import LockForm, ReasonForm
from lms.indicators.models import IndicatorRevision
from lms.indicators.selectors.revisions import (
    RevisionNotFoundError,
    choose_current,
    get_revision,
    list_locked_periods,
    list_locks,
    list_revisions,
)
from lms.indicators.services.locks import AlreadyLockedError, NotLockedError, lock_period, unlock_period
from lms.indicators.services.revisions import (
    LockedPeriodError,
    RevisionStateError,
    publish_revision,
    withdraw_revision,
)
from lms.indicators.views.manage import sent
from lms.lib import clock
from lms.people.selectors.viewers import get_viewer


@require_GET
def revisions(request: HttpRequest, plan_code: str, code: str) -> HttpResponse:
    """All releases, with who uploaded them."""
    indicator = keep_indicator(plan_code, code, get_viewer(user=request.user, at=clock.now()))
    rows = list_revisions(indicator=indicator, with_unpublished=True)
    context = {
        "plan": indicator.plan,
        "indicator": indicator,
        "revisions": rows,
        "current": choose_current(rows),
    }
    return render(request, "indicators/revisions.html", context)


@require_POST
def publish(request: HttpRequest, plan_code: str, code: str, number: int) -> HttpResponse:
    """A release that was kept back becomes public."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    indicator = keep_indicator(plan_code, code, viewer)
    try:
        publish_revision(indicator_id=indicator.pk, number=number, by_id=viewer.user_id, at=at)
        messages.success(request, _("La revisión %(number)s quedó publicada.") % {"number": number})
    except IndicatorRevision.DoesNotExist:
        raise Http404 from None
    except RevisionStateError:
        messages.info(
            request, _("La revisión %(number)s ya estaba así. No cambió nada.") % {"number": number}
        )
    except LockedPeriodError:
        messages.error(request, _("Cambiaría un período cerrado. Ábrelo primero, con un motivo."))
    return redirect("indicators:revisions", plan_code, code)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, plan_code: str, code: str, number: int) -> HttpResponse:
    """A release with a fault is not read any more; the reason is public."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    indicator = keep_indicator(plan_code, code, viewer)
    try:
        revision = get_revision(indicator=indicator, number=number, with_unpublished=True)
    except RevisionNotFoundError as error:
        raise Http404 from error
    form = ReasonForm(sent(request))
    if form.is_valid():
        try:
            withdraw_revision(
                indicator_id=indicator.pk, number=number, reason=form.cleaned_data["reason"],
                by_id=viewer.user_id, at=at,
            )  # fmt: skip
            messages.success(request, _("La revisión %(number)s quedó retirada.") % {"number": number})
            return redirect("indicators:revisions", plan_code, code)
        except RevisionStateError:
            return redirect("indicators:revisions", plan_code, code)
        except LockedPeriodError:
            form.add_error(None, _("Cambiaría un período cerrado. Ábrelo primero, con un motivo."))
    context = {"form": form, "plan": indicator.plan, "indicator": indicator, "revision": revision}
    return render(request, "indicators/withdraw.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def periods(request: HttpRequest, plan_code: str, code: str) -> HttpResponse:
    """Which periods are closed, the history of that, and one more to close."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    indicator = keep_indicator(plan_code, code, viewer)
    form = LockForm(sent(request), frequency=indicator.frequency)
    if form.is_valid():
        try:
            lock = lock_period(
                indicator_id=indicator.pk, period=form.cleaned_data["period"],
                reason=form.cleaned_data["reason"], by_id=viewer.user_id, at=at,
            )  # fmt: skip
            messages.success(request, _("El período %(period)s quedó cerrado.") % {"period": lock.period})
            return redirect("indicators:periods", plan_code, code)
        except AlreadyLockedError:
            form.add_error("period", _("Ese período ya está cerrado."))
    locks = list_locks(indicator=indicator)
    context = {
        "form": form,
        "plan": indicator.plan,
        "indicator": indicator,
        "locks": locks,
        "locked": list_locked_periods(locks),
    }
    return render(request, "indicators/periods.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def open_period(request: HttpRequest, plan_code: str, code: str, period: str) -> HttpResponse:
    """A closed period is opened, with its reason."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    indicator = keep_indicator(plan_code, code, viewer)
    if period not in list_locked_periods(list_locks(indicator=indicator)):
        raise Http404
    form = ReasonForm(sent(request))
    if form.is_valid():
        try:
            unlock_period(
                indicator_id=indicator.pk, period=period, reason=form.cleaned_data["reason"],
                by_id=viewer.user_id, at=at,
            )  # fmt: skip
        except NotLockedError as error:
            raise Http404 from error
        messages.success(request, _("El período %(period)s quedó abierto.") % {"period": period})
        return redirect("indicators:periods", plan_code, code)
    context = {"form": form, "plan": indicator.plan, "indicator": indicator, "period": period}
    return render(request, "indicators/open_period.html", context, status=400 if form.is_bound else 200)
