"""Authors' screens for what courses share: competences, laws, question banks."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import ObjectList
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from courses.authoring.choosers import BankChooserViewSet, CompetenceChooserViewSet
from courses.authoring.screens import AuthoringViewSet, HelpViewSet, copy_address, list_page_buttons
from courses.clock import now
from courses.handlers import find_course_page
from courses.models import (
    CatalogueIndexPage,
    Competence,
    CoursePage,
    GlossaryTerm,
    Law,
    LessonPage,
    ModulePage,
)
from courses.question_files.scope import OwnQuestionForm, of_own_banks, own_rows
from courses.question_files.screens import (
    BankEditView,
    QuestionCreateView,
    QuestionFilesViewSet,
    QuestionIndexView,
    list_buttons,
)
from courses.quizzes.models import Question, QuestionBank
from courses.services import CourseNotReadyError, freeze_course, publish_bank
from courses.tasks import explain_words_anew


@of_own_banks
class QuestionViewSet(SnippetViewSet):
    model = Question
    icon = "help"
    list_display = ["key", "kind", "competence", "difficulty", "version", "is_retired"]
    list_filter = ["bank", "competence", "difficulty", "kind", "is_retired"]
    index_view_class = QuestionIndexView
    add_view_class = QuestionCreateView
    inspect_view_enabled = True
    copy_view_enabled = False
    edit_handler = ObjectList(Question.panels, base_form_class=OwnQuestionForm)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        return own_rows(Question, request.user)


@of_own_banks
class QuestionBankViewSet(SnippetViewSet):
    model = QuestionBank
    icon = "list-ul"
    edit_view_class = BankEditView
    chooser_viewset_class = BankChooserViewSet
    list_display = ["title", "code"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[QuestionBank]:
        return own_rows(QuestionBank, request.user)


class CompetenceViewSet(SnippetViewSet):
    model = Competence
    icon = "tick"
    chooser_viewset_class = CompetenceChooserViewSet
    list_display = ["code", "name"]
    search_fields = ["code", "name"]


class LawViewSet(SnippetViewSet):
    model = Law
    icon = "doc-full"
    list_display = ["short", "version", "id_norma"]


class GlossaryTermViewSet(SnippetViewSet):
    model = GlossaryTerm
    icon = "openquote"
    list_display = ["term", "definition", "avoid_for"]


@register_snippet
class TeachingGroup(SnippetViewSetGroup):
    menu_label = _("Docencia")
    menu_icon = "clipboard-list"
    menu_order = 150
    items = (
        AuthoringViewSet,
        QuestionBankViewSet,
        QuestionViewSet,
        QuestionFilesViewSet,
        CompetenceViewSet,
        LawViewSet,
        GlossaryTermViewSet,
        HelpViewSet,
    )


@hooks.register("before_copy_page")
def copy_with_keys_of_its_own(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Wagtail's copy would have the keys of the first, on which people's records rest."""
    page = page.specific
    if isinstance(page, CatalogueIndexPage):
        messages.warning(request, _("El catálogo es uno solo y no se copia."))
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return redirect(copy_address(page)) if isinstance(page, (CoursePage, ModulePage, LessonPage)) else None


@hooks.register("register_page_header_buttons")
def offer_in_header(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Above a page."""
    yield from list_page_buttons(page=page.specific, user=user)


@hooks.register("register_page_listing_more_buttons")
def offer_in_list(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """In a list of pages."""
    yield from list_page_buttons(page=page, user=user)


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
    for problem in publish_bank(bank_id=instance.bank_id, at=now()):
        messages.warning(request, problem)


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def explain_the_changed_word(request: HttpRequest, instance: Any) -> None:
    """Lessons keep the meanings with which they were published: publish those that use the word anew."""
    if isinstance(instance, GlossaryTerm):
        explain_words_anew.enqueue()


@hooks.register("after_delete_snippet")
def forget_the_deleted_word(request: HttpRequest, instances: list[Any]) -> None:
    """As for a changed one."""
    if any(isinstance(instance, GlossaryTerm) for instance in instances):
        explain_words_anew.enqueue()


@hooks.register("register_snippet_listing_buttons")
def offer_files_of_the_bank(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """In the list of banks."""
    if isinstance(snippet, QuestionBank):
        yield from list_buttons(bank=snippet, user=user)
