"""The conversation of a course: its subjects, and one of them with its messages."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from lms.discussions.access import Place, enter, lead_to_own
from lms.discussions.forms import ReplyForm
from lms.discussions.lines import POSTS_PER_PAGE, place_in_thread, post_lines, thread_lines
from lms.discussions.models import Post, Thread
from lms.discussions.rules.posting import Refusal, refuse_post
from lms.discussions.selectors.discussions import writer_facts
from lms.discussions.selectors.threads import (
    find_post,
    find_thread,
    list_posts,
    list_threads,
    measure_thread,
)
from lms.discussions.words import describe_audience, describe_refusal, title_of

THREADS_PER_PAGE = 20


@require_GET
def threads(request: HttpRequest, course_code: str) -> HttpResponse:
    """The subjects that the visitor may read."""
    place = enter(request=request, course_code=course_code)
    found = list_threads(discussion_id=place.discussion.pk, reader=place.reader)
    page = Paginator(found, THREADS_PER_PAGE).get_page(request.GET.get("pagina"))
    refusal = find_refusal(place)
    context = {
        "place": place,
        "page": page,
        "lines": thread_lines(threads=list(page), place=place),
        "is_alone": place.audience is None,
        "refusal": describe_refusal(refusal=refusal, member=place.member) if refusal else "",
        "must_join": refusal == Refusal.NOT_JOINED,
        "audience": describe_audience(cohort=place.audience, institution_name=place.viewer.institution_name),
    }
    return render(request, "discussions/threads.html", context)


@require_GET
@lead_to_own
def post(request: HttpRequest, course_code: str, public_id: UUID) -> HttpResponse:
    """The lasting address of one message: leads to its page."""
    found = get_post(enter(request=request, course_code=course_code), public_id)
    return redirect(place_in_thread(course_code=course_code, thread=found.thread, number=found.number))


def show_thread(request: HttpRequest, place: Place, thread: Thread, form: ReplyForm) -> HttpResponse:
    """A page of the subject, with the form below it; what was wrong with what was sent stands in the form."""
    numbers = Paginator(range(1, thread.last_number + 1), POSTS_PER_PAGE)
    page = numbers.get_page(request.GET.get("pagina") or (numbers.num_pages if form.is_bound else 1))
    refusal = find_refusal(place, thread)
    posts = list_posts(thread=thread, numbers=list(page), reader=place.reader)
    extent = measure_thread(thread=thread, reader=place.reader)
    context = {
        "place": place,
        "thread": thread,
        "title": title_of(thread),
        "page": page,
        "lines": post_lines(thread=thread, posts=posts, place=place, may_write=refusal is None),
        "newest_url": place_in_thread(course_code=place.course.code, thread=thread, number=extent.newest),
        "post_count": extent.posts,
        "form": form,
        "answered": _answered(place, thread, form),
        "refusal": describe_refusal(refusal=refusal, member=place.member) if refusal else "",
        "must_join": refusal == Refusal.NOT_JOINED,
        "audience": describe_audience(
            cohort=thread.cohort, institution_name=thread.institution.name if thread.institution else ""
        ),
    }
    return render(request, "discussions/thread.html", context, status=400 if form.is_bound else 200)


def find_refusal(place: Place, thread: Thread | None = None) -> Refusal | None:
    """Why the visitor cannot write here; how much it wrote lately is asked when it writes. No query."""
    facts = writer_facts(
        discussion=place.discussion,
        member=place.member,
        is_closed=bool(thread and thread.is_closed),
        is_trainer=place.is_moderator,
    )
    return refuse_post(facts=facts, at=place.at)


def get_thread(place: Place, public_id: UUID) -> Thread:
    """
    Raises:
        Http404: there is none that the visitor may read.
    """
    found = find_thread(discussion_id=place.discussion.pk, public_id=public_id, reader=place.reader)
    if found is None:
        raise Http404
    return found


def get_post(place: Place, public_id: UUID) -> Post:
    """
    Raises:
        Http404: there is none that the visitor may read.
    """
    found = find_post(discussion_id=place.discussion.pk, public_id=public_id, reader=place.reader)
    if found is None:
        raise Http404
    return found


def read_answered(value: Any) -> UUID | None:
    """The public id of the message to be answered; ``None`` where the text is no such id."""
    try:
        return UUID(str(value or ""))
    except ValueError:
        return None


def _answered(place: Place, thread: Thread, form: ReplyForm) -> Any:
    """The message that is about to be answered, as a line; ``None`` for the subject as a whole."""
    public_id = read_answered(form["answers"].value())
    if public_id is None:
        return None
    found = find_post(discussion_id=place.discussion.pk, public_id=public_id, reader=place.reader)
    if found is None or found.thread_id != thread.pk:
        return None
    return post_lines(thread=thread, posts=[found], place=place, may_write=True)[0]
