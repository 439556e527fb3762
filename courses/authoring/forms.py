"""What is asked before something is copied."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.authoring.selectors import list_sources, list_targets
from courses.models import CoursePage, LessonPage, ModulePage

Choices = list[tuple[str, list[tuple[int, str]]]]


class StartForm(forms.Form):
    """``source``: the course that is copied."""

    source = forms.TypedChoiceField(
        label=_("Parte de una copia de"),
        coerce=int,
        help_text=_("Se copian sus módulos, lecciones y preguntas. El original no cambia."),
    )
    title = forms.CharField(label=_("Título de tu curso"), max_length=200)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sources = {course.pk: course for course in list_sources(user=user)}
        models = [course for course in self.sources.values() if course.is_model]
        others = [course for course in self.sources.values() if not course.is_model]
        _field(self, "source").choices = _grouped([(_("Modelos"), models), (_("Tus cursos"), others)])

    def course(self) -> CoursePage:
        """The chosen course, once the form is valid."""
        return self.sources[self.cleaned_data["source"]]


class CopyForm(forms.Form):
    """``target``: the course that gets the module, or the module that gets the lesson."""

    target = forms.TypedChoiceField(
        coerce=int, help_text=_("Queda al final, como borrador. El original no cambia.")
    )

    def __init__(self, *args: Any, page: ModulePage | LessonPage, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = _field(self, "target")
        targets = list_targets(user=user)
        if isinstance(page, ModulePage):
            field.label = _("Curso que lo recibe")
            field.choices = [(course.pk, course.title) for course in targets]
        else:
            field.label = _("Módulo que la recibe")
            field.choices = _grouped((course.title, modules) for course, modules in targets.items())


def _field(form: forms.Form, name: str) -> forms.TypedChoiceField:
    field = form.fields[name]
    assert isinstance(field, forms.TypedChoiceField)
    return field


def _grouped(groups: Iterable[tuple[Any, Iterable[Any]]]) -> Choices:
    return [(str(name), [(page.pk, page.title) for page in pages]) for name, pages in groups if pages]
