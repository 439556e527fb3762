"""Words that somebody sent after its session had ended: they wait in the form until it has logged in.

They are kept in the visitor's own session, under the address of the form, for an hour: the log-in
takes the session along. Only the way back from that log-in shows them, by a word in its address: whoever
logs in at the same browser by another way does not read them.
"""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from lms.lib import clock
from lms.participation.rules.contributions import LONGEST_TEXT

KEY = "participation_words"
PARAMETER = "texto"
KEEP_FOR = timedelta(hours=1)
MOST_FIELDS, LONGEST_NAME = 10, 60
MOST_LETTERS = 2 * LONGEST_TEXT
"""Of all fields together: a form that holds more is not one of ours."""

View = Callable[..., HttpResponse]


def ask_to_log_in(request: HttpRequest) -> HttpResponse:
    """Leads to the log-in and back; what was sent waits for the way back, in place of what waited before."""
    if request.method != "POST":
        return redirect_to_login(request.get_full_path())
    token = secrets.token_urlsafe(16)
    request.session[KEY] = {
        "path": request.path,
        "token": token,
        "fields": _fields(request.POST),
        "at": clock.now().isoformat(),
    }
    query = request.GET.copy()
    query[PARAMETER] = token
    return redirect_to_login(f"{request.path}?{query.urlencode()}")


def read_kept(request: HttpRequest) -> dict[str, str]:
    """What was sent to this address before the log-in, by field; empty where nothing waits."""
    if not request.user.is_authenticated:
        return {}
    kept: Mapping[str, Any] = request.session.get(KEY) or {}
    if kept and clock.now() - datetime.fromisoformat(kept["at"]) > KEEP_FOR:
        forget_kept(request)
        return {}
    token = request.GET.get(PARAMETER, "")
    if kept.get("path") != request.path or not secrets.compare_digest(token.encode(), kept["token"].encode()):
        return {}
    return dict(kept["fields"])


def forget_kept(request: HttpRequest) -> None:
    """It was sent."""
    request.session.pop(KEY, None)


def keeps_words(view: View) -> View:
    """A page for accounts alone whose form is not lost where the session ended meanwhile."""

    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return ask_to_log_in(request)
        answer = view(request, *args, **kwargs)
        if request.method == "POST" and answer.status_code == 302:
            forget_kept(request)
        return answer

    return guarded


def _fields(sent: Mapping[str, str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    left = MOST_LETTERS
    for name in [name for name in sent if name != "csrfmiddlewaretoken"][:MOST_FIELDS]:
        fields[name[:LONGEST_NAME]] = sent[name][:left]
        left -= len(fields[name[:LONGEST_NAME]])
    return fields
