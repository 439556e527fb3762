"""Authors' screens for what courses share: competences, laws, question banks."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import ObjectList
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from courses.clock import now
from courses.handlers import find_course_page
from courses.models import CatalogueIndexPage, Competence, CoursePage, Law, LessonPage, ModulePage
from courses.quizzes.forms import QuestionForm
from courses.quizzes.models import Question, QuestionBank
from courses.services import CourseNotReadyError, freeze_course, publish_release


class QuestionViewSet(SnippetViewSet):
    model = Question
    edit_handler = ObjectList(Question.panels, base_form_class=QuestionForm)
    icon = "help"
    list_display = ["key", "competence", "difficulty", "kind", "is_retired"]
    list_filter = ["bank", "competence", "difficulty", "kind", "is_retired"]
    search_fields = ["key", "stem"]
    inspect_view_enabled = True
    copy_view_enabled = False


class QuestionBankViewSet(SnippetViewSet):
    model = QuestionBank
    icon = "list-ul"
    list_display = ["title", "code"]


class CompetenceViewSet(SnippetViewSet):
    model = Competence
    icon = "tick"
    list_display = ["code", "name"]
    search_fields = ["code", "name"]


class LawViewSet(SnippetViewSet):
    model = Law
    icon = "doc-full"
    list_display = ["short", "version", "id_norma"]


@register_snippet
class TeachingGroup(SnippetViewSetGroup):
    menu_label = _("Docencia")
    menu_icon = "clipboard-list"
    menu_order = 150
    items = (QuestionBankViewSet, QuestionViewSet, CompetenceViewSet, LawViewSet)


@hooks.register("before_copy_page")
def keep_course_codes_unique(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A copy would have the code of the first, on which people's records rest."""
    if not isinstance(page.specific, (CatalogueIndexPage, CoursePage)):
        return None
    messages.warning(request, _("Un curso no se copia: su código es único. Crea otro y copia sus módulos."))
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("after_publish_page")
def say_whether_the_course_is_ready(request: HttpRequest, page: Page) -> None:
    """Tell the author why a published page did not make a new release."""
    if not isinstance(page.specific, (CoursePage, ModulePage, LessonPage)):
        return
    course_page = find_course_page(page)
    if course_page is None:
        return
    try:
        freeze_course(page=course_page)
    except CourseNotReadyError as problem:
        text = _("Se publicó la página, pero el curso no tiene versión nueva: %(problem)s")
        messages.warning(request, text % {"problem": problem})


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def refreeze_courses_of_the_bank(request: HttpRequest, instance: Any) -> None:
    """A changed question belongs to a new release of the courses that draw from its bank."""
    if not isinstance(instance, Question):
        return
    for page in CoursePage.objects.live().filter(bank_id=instance.bank_id):
        try:
            publish_release(page=page, at=now())
        except CourseNotReadyError as problem:
            messages.warning(request, str(problem))
