import json
import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import PreviewableMixin, RevisionMixin, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from courses.keys.forms import KeyedForm
from courses.languages import source_language
from courses.outline import digest
from courses.quizzes.blocks import QuestionAnswerBlock
from courses.quizzes.rules import QuestionKind, QuestionSpec, question_to_json

KEY = RegexValidator(r"^[a-z0-9][a-z0-9-]*$", _("Usa letras minúsculas, números y guiones."))


class BankForm(KeyedForm):
    key_name, longest_key, default_key = "code", 80, "banco"


class OwnBankForm(WagtailAdminModelForm):
    """A form that names a bank: one of its author's own, or the one that it names already."""

    def __init__(self, *args: Any, for_user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, for_user=for_user, **kwargs)
        field = self.fields.get("bank")
        if for_user and isinstance(field, ModelChoiceField):
            named = QuestionBank.objects.filter(pk=self.instance.bank_id)
            field.queryset = self.list_banks(for_user) | named

    def list_banks(self, user: Any) -> "models.QuerySet[QuestionBank]":
        """Which they are is known above: by the courses that draw from them."""
        raise NotImplementedError


class QuestionForm(KeyedForm):
    """A question's key is unique in its bank."""

    words_name, default_key = "stem", "pregunta"

    def taken_keys(self) -> set[str]:
        rows = Question.objects.filter(bank=self.cleaned_data.get("bank")).exclude(pk=self.instance.pk)
        return set(rows.values_list("key", flat=True))


class QuestionBank(models.Model):
    """A set of questions from which assessments draw. Unique by code."""

    code = models.CharField(_("código"), max_length=80, unique=True, validators=[KEY])
    title = models.CharField(_("título"), max_length=200)

    base_form_class = BankForm
    panels = [FieldPanel("title"), FieldPanel("code", help_text=_("Vacío: se hace del título."))]

    class Meta:
        verbose_name = _("banco de preguntas")
        verbose_name_plural = _("bancos de preguntas")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class QuestionQuerySet(models.QuerySet["Question"]):
    def of_source(self) -> "QuestionQuerySet":
        """The questions that are drawn and graded; the others are their translations."""
        return self.filter(locale__language_code=source_language())


class Question(TranslatableMixin, PreviewableMixin, RevisionMixin, index.Indexed, models.Model):
    """One question of a bank. Unique by key in its bank and language. Retired ones are no longer drawn.

    A translation has the same key and lends its words; whether it is drawn and how it is graded
    is decided by the row in the source language. ``version`` grows whenever what is asked, or its
    key, changes. Earlier ones are its revisions.
    """

    class Kind(models.TextChoices):
        SINGLE = QuestionKind.SINGLE.value, _("Una respuesta")
        MULTIPLE = QuestionKind.MULTIPLE.value, _("Varias respuestas")
        TRUE_FALSE = QuestionKind.TRUE_FALSE.value, _("Verdadero o falso")
        MATCHING = QuestionKind.MATCHING.value, _("Unir pares")
        ORDERING = QuestionKind.ORDERING.value, _("Ordenar")
        NUMERIC = QuestionKind.NUMERIC.value, _("Número")
        SHORT_TEXT = QuestionKind.SHORT_TEXT.value, _("Texto corto")
        CLOZE = QuestionKind.CLOZE.value, _("Completar el texto")
        HOTSPOT = QuestionKind.HOTSPOT.value, _("Señalar en una imagen")
        JUDGEMENT = QuestionKind.JUDGEMENT.value, _("Dilema con consecuencias")
        CASE = QuestionKind.CASE.value, _("Caso con varias preguntas")
        OPEN = QuestionKind.OPEN.value, _("Respuesta abierta")

    bank = models.ForeignKey(
        QuestionBank, on_delete=models.CASCADE, related_name="questions", verbose_name=_("banco")
    )
    key = models.CharField(_("clave"), max_length=60, validators=[KEY])
    competence = models.ForeignKey(
        "courses.Competence", on_delete=models.PROTECT, related_name="+", verbose_name=_("competencia")
    )
    difficulty = models.PositiveSmallIntegerField(
        _("dificultad (1 a 3)"), default=1, validators=[MinValueValidator(1), MaxValueValidator(3)]
    )
    tags = models.CharField(
        _("etiquetas"), max_length=200, blank=True, help_text=_("Separadas por coma: «regalos, compras».")
    )
    kind = models.CharField(_("tipo"), max_length=12, choices=Kind.choices, editable=False)
    stem = models.TextField(_("situación y pregunta"))
    answer = StreamField(
        QuestionAnswerBlock(), verbose_name=_("cómo se responde"), min_num=1, max_num=1, use_json_field=True
    )
    source_law = models.ForeignKey(
        "courses.Law",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("norma en que se funda"),
    )
    source_article = models.CharField(_("artículo"), max_length=200, blank=True)
    source_note = models.CharField(_("otra fuente"), max_length=200, blank=True)
    review = models.CharField(_("lección para repasar"), max_length=60, blank=True)
    is_retired = models.BooleanField(_("retirada"), default=False)
    version = models.PositiveIntegerField(_("versión"), default=1, editable=False)
    content_hash = models.CharField(max_length=64, blank=True, editable=False)

    objects = QuestionQuerySet.as_manager()

    base_form_class = QuestionForm
    panels = [
        FieldRowPanel([FieldPanel("bank"), FieldPanel("competence")]),
        FieldPanel("stem"),
        FieldPanel("answer"),
        MultiFieldPanel(
            [
                FieldPanel("difficulty"),
                FieldPanel("tags"),
                FieldPanel("source_law"),
                FieldPanel("source_article"),
                FieldPanel("source_note"),
                FieldPanel("review"),
                FieldPanel("is_retired"),
                FieldPanel("key", help_text=_("Vacía: se hace de la pregunta.")),
            ],
            heading=_("Más opciones"),
            classname="collapsed",
        ),
    ]
    search_fields = [index.SearchField("stem"), index.SearchField("key"), index.SearchField("tags")]
    override_translatable_fields = [
        SynchronizedField(name, overridable=False) for name in ("key", "competence", "tags", "review")
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("pregunta")
        verbose_name_plural = _("preguntas")
        ordering = ["bank", "key"]
        constraints = [models.UniqueConstraint(fields=["bank", "key", "locale"], name="question_key_in_bank")]

    def __str__(self) -> str:
        return f"{self.key}: {self.stem[:80]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The kind follows from the answer, and a version of its own from what is asked."""
        if self.answer:
            self.kind = self.answer[0].block_type
            content_hash = digest({**question_to_json(self.to_spec()), "version": 0})
            if self.content_hash and content_hash != self.content_hash:
                self.version += 1
            self.content_hash = content_hash
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "kind", "version", "content_hash"}
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        same = Question.objects.filter(bank_id=self.bank_id, key=self.key, locale_id=self.locale_id)
        if self.locale_id and same.exclude(pk=self.pk).exists():
            raise ValidationError({"key": _("Ya existe una pregunta con esa clave en el banco.")})

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "courses/question_preview.html"

    @property
    def source_text(self) -> str:
        """Where the answer comes from, in words."""
        if self.source_law:
            return ", ".join(filter(None, [self.source_law.short, self.source_article]))
        return self.source_note

    @property
    def tag_list(self) -> tuple[str, ...]:
        """The tags in lower case, in order, each once."""
        return tuple(dict.fromkeys(filter(None, (tag.strip().lower() for tag in self.tags.split(",")))))

    def to_spec(self) -> QuestionSpec:
        """The question as plain data; no query when competence and law are fetched."""
        child = self.answer[0]
        return QuestionSpec(
            key=self.key,
            competence=self.competence.code,
            difficulty=self.difficulty,
            kind=QuestionKind(child.block_type),
            stem=self.stem,
            body=child.block.to_body(child.value),
            source=self.source_text,
            review=self.review,
            tags=self.tag_list,
            version=self.version,
        )

    def set_body(self, kind: QuestionKind, body: Any) -> None:
        """Make this its answer; not saved."""
        block = self.answer.stream_block
        child = block.child_blocks[kind.value]
        value: StreamValue = block.normalize([(kind.value, child.normalize(child.from_body(body)))])
        self.answer = json.dumps(value.get_prep_value())
        self.kind = kind.value


class QuestionUpload(models.Model):
    """A file of questions that was read and shown to whoever uploaded it: imported whole, or not at all.

    ``questions``: what was read, until it is imported; then ``report`` says what was done. ``bank``
    null: a new one, called ``bank_title``. Only who uploaded it finds it again, for a day.

    PII: the account of who uploaded it, for that day; deleted with the next upload after it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()
    bank = models.ForeignKey(QuestionBank, null=True, on_delete=models.CASCADE, related_name="+")
    bank_title = models.CharField(max_length=200, blank=True)
    competence = models.ForeignKey("courses.Competence", on_delete=models.CASCADE, related_name="+")
    difficulty = models.PositiveSmallIntegerField(default=1)
    updates_existing = models.BooleanField(default=False)
    file_name = models.CharField(max_length=200)
    format_name = models.CharField(max_length=80)
    questions = models.JSONField(default=dict)
    report = models.JSONField(null=True)
    imported_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True  # it is no use of the competence or the bank

    class Meta:
        verbose_name = _("archivo de preguntas")
        verbose_name_plural = _("archivos de preguntas")

    def __str__(self) -> str:
        return self.file_name
