"""The forms in which authors edit pages: what they leave empty is made of what they wrote."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from courses.blocks.naming import fill_keys, keys_of
from courses.keys import RESERVED_CODES, RESERVED_KEYS
from courses.keys.forms import RESERVED, KeyedForm
from courses.languages import source_language
from courses.models.catalogue import Course
from courses.quizzes.models import OwnBankForm, QuestionBank

LONGEST_SHORT_TITLE = 80


class KeyedPageForm(KeyedForm, WagtailAdminPageForm):
    """A page's key goes on following its title until the page is published; so does its address.

    A translation has the key of what it translates.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def settled_key(self) -> str:
        page = self.instance
        is_translation = page.pk and page.locale.language_code != source_language()
        is_settled = page.live or page.first_published_at or is_translation
        return super().settled_key() if is_settled else ""


class CourseForm(OwnBankForm, KeyedPageForm):
    """A course's code is unique among all that ever were: records rest on it."""

    key_name = "code"
    longest_key = 80
    default_key = "curso"
    reserved_keys = RESERVED_CODES

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "short_title" in self.fields:
            self.fields["short_title"].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("short_title"):
            data["short_title"] = data.get("title", "")[:LONGEST_SHORT_TITLE]
        if not self.is_deferred_validation and data.get("require_assessment") and not data.get("bank"):
            self.add_error("bank", _("Elige de qué banco se sortean las preguntas."))
        if data.get("assessment_code") in RESERVED_KEYS:
            self.add_error("assessment_code", RESERVED)
        return data

    def list_banks(self, user: Any) -> QuerySet[QuestionBank]:
        banks: QuerySet[QuestionBank] = type(self.instance).objects.banks_for(user)
        return banks

    def taken_keys(self) -> set[str]:
        """Two queries."""
        return {*super().taken_keys(), *Course.objects.values_list("code", flat=True)}


class ModuleForm(KeyedPageForm):
    default_key = "modulo"

    def taken_keys(self) -> set[str]:
        return keys_in_course(self.parent_page, but=self.instance)


class LessonForm(KeyedPageForm):
    """Gives practice questions and dilemmas their keys, too."""

    default_key = "leccion"
    reserved_keys = RESERVED_KEYS

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("body") and data.get("key"):
            raw = list(data["body"].get_prep_value())
            fill_keys(raw, lesson_key=data["key"], taken=self._keys_of_other_lessons())
            data["body"] = data["body"].stream_block.to_python(raw)
        return data

    def taken_keys(self) -> set[str]:
        return keys_in_course(self.parent_page.get_parent(), but=self.instance)

    def _keys_of_other_lessons(self) -> set[str]:
        """One query."""
        others = type(self.instance).objects.descendant_of(self.parent_page.get_parent())
        return {
            key
            for lesson in others.exclude(pk=self.instance.pk)
            for key in keys_of(list(lesson.body.get_prep_value()))
        }


def keys_in_course(course: Page, *, but: Page | None = None) -> set[str]:
    """The keys of a course's modules, lessons and assessment. Four queries."""
    pages = course.get_descendants().exclude(pk=but.pk if but else None).specific()
    return {page.key for page in pages} | {course.specific.assessment_code}
