"""After publishing pages: authors are led to the decision about those who are in the course."""

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from courses.handlers import find_course_page
from courses.models import CoursePage, LessonPage, ModulePage
from courses.services import CourseNotReadyError, find_proposal
from lms.teaching.access import may_teach


@hooks.register("after_publish_page")
def lead_to_the_decision(request: HttpRequest, page: Page) -> None:
    """Where a version waits for it; nothing is said where the course has none yet.

    Whoever publishes without teaching the course, as reviewers do, learns that its team has to decide.
    """
    if not isinstance(page.specific, (CoursePage, ModulePage, LessonPage)):
        return
    course_page = find_course_page(page)
    if course_page is None:
        return
    try:
        proposal = find_proposal(page=course_page)
    except CourseNotReadyError:
        return
    if proposal is None:
        return
    if not may_teach(user=request.user, course_code=course_page.code):
        if not proposal.is_published:
            messages.warning(
                request, _("La versión nueva espera lo que decida el equipo: hay personas en el curso.")
            )
        return
    text = (
        _("Los textos ya llegan a quienes aprenden. ¿Deben verlos quienes completaron el curso?")
        if proposal.is_published
        else _("La versión nueva espera tu decisión: hay personas en el curso.")
    )
    link = reverse("teaching:release", args=[course_page.code])
    messages.warning(request, format_html('{} <a href="{}">{}</a>', text, link, _("Decidir")))
