"""Choosing a bank or a competence, and making one on the spot: nobody has to leave a half-written course."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)

from courses.models import Competence, CoursePage
from courses.models.catalogue import CompetenceForm
from courses.quizzes.models import BankForm, QuestionBank


class NewBankForm(BankForm):
    # The page's own form is in the same document.
    prefix = "banco-nuevo"

    class Meta:
        model = QuestionBank
        fields: ClassVar = ["title", "code"]
        help_texts: ClassVar = {"code": _("Vacío: se hace del título.")}


class NewCompetenceForm(CompetenceForm):
    prefix = "competencia-nueva"

    class Meta:
        model = Competence
        fields: ClassVar = ["name", "code"]
        help_texts: ClassVar = {"code": _("Vacío: se hace del nombre.")}


class OwnBanks:
    """A view of the chooser: it offers and names the banks of one's own, and no others."""

    request: HttpRequest

    def get_object_list(self) -> QuerySet[QuestionBank]:
        return CoursePage.objects.banks_for(self.request.user)

    def get_object(self, pk: Any) -> QuestionBank:
        return self.get_object_list().get(pk=pk)

    def get_objects(self, pks: Any) -> QuerySet[QuestionBank]:
        return self.get_object_list().filter(pk__in=pks)


class ChooseBankView(OwnBanks, ChooseView):
    pass


class ChooseBankResultsView(OwnBanks, ChooseResultsView):
    pass


class BankChosenView(OwnBanks, SnippetChosenView):
    pass


class BanksChosenView(OwnBanks, SnippetChosenMultipleView):
    pass


class BankChooserViewSet(SnippetChooserViewSet):
    choose_view_class = ChooseBankView
    choose_results_view_class = ChooseBankResultsView
    chosen_view_class = BankChosenView
    chosen_multiple_view_class = BanksChosenView
    creation_form_class = NewBankForm
    creation_tab_label = _("Crear uno")


class CompetenceChooserViewSet(SnippetChooserViewSet):
    creation_form_class = NewCompetenceForm
    creation_tab_label = _("Crear una")
