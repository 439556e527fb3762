"""The author's form of a question: it must be answerable."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from courses.quizzes.models import Question


class QuestionForm(WagtailAdminModelForm):
    """Checks the correct options together, which no single option can."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        options = (
            [
                form.cleaned_data
                for form in self.formsets["options"].forms
                if hasattr(form, "cleaned_data") and form.cleaned_data and not form.cleaned_data.get("DELETE")
            ]
            if self.formsets["options"].is_valid()
            else []
        )
        correct = sum(1 for option in options if option.get("correct"))
        if options and cleaned.get("kind") == Question.Kind.SINGLE and correct != 1:
            self.add_error("kind", _("Marca exactamente una alternativa correcta."))
        if options and cleaned.get("kind") == Question.Kind.MULTIPLE and not 2 <= correct < len(options):
            self.add_error("kind", _("Marca dos o más correctas, y deja al menos una incorrecta."))
        return cleaned
