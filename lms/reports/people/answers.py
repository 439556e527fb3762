"""The two pages of all forms about who works where: from a person's file, and from a list of places."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from lms.people.models import Person
from lms.people.services.jobs import JobError
from lms.people.services.leaves import LeaveError
from lms.reports.people.job_words import find_problem


@dataclass(frozen=True)
class FormWords:
    """What stands over a form and on its button, and what is said once it is written."""

    heading: str
    lead: str
    button: str
    done: str


@dataclass(frozen=True)
class Back:
    """The list from which one came."""

    name: str
    url: str


def answer_person_form(
    request: HttpRequest,
    person: Person,
    form: forms.Form,
    *,
    write: Callable[[], object],
    words: FormWords,
) -> HttpResponse:
    """The form; once it is right and written, the person's file."""
    if form.is_bound and form.is_valid():
        try:
            write()
        except (JobError, LeaveError) as error:
            name, text = find_problem(error=error)
            form.add_error(name if name in form.fields else "last_day", text)
        else:
            messages.success(request, words.done)
            return redirect("reports:person", public_id=person.public_id)
    context = {"form": form, "person": person, "words": words}
    return render(request, "reports/person_form.html", context, status=400 if form.is_bound else 200)


def answer_place_form(
    request: HttpRequest,
    form: forms.Form,
    *,
    write: Callable[[], object],
    problems: Mapping[type[Exception], tuple[str, Promise]],
    words: FormWords,
    back: Back,
) -> HttpResponse:
    """The form; once it is right and written, the list. ``problems``: the field and the text of each."""
    if form.is_bound and form.is_valid():
        try:
            write()
        except tuple(problems) as error:
            name, text = problems[type(error)]
            form.add_error(name, str(text))
        else:
            messages.success(request, words.done)
            return redirect(back.url)
    return show_place_form(request, form, words=words, back=back)


def show_place_form(request: HttpRequest, form: forms.Form, *, words: FormWords, back: Back) -> HttpResponse:
    """The form alone."""
    context = {"form": form, "words": words, "list": back.name, "list_url": back.url}
    return render(request, "reports/place_form.html", context, status=400 if form.is_bound else 200)
