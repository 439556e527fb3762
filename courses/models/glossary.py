from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from courses.glossary import Term


class GlossaryTerm(index.Indexed, models.Model):
    """A word that lessons explain where it first occurs, or say instead of jargon. Unique by the word."""

    term = models.CharField(_("palabra"), max_length=100, unique=True)
    variants = models.TextField(
        _("otras formas"), blank=True, help_text=_("Una por línea: el plural, el femenino, la sigla.")
    )
    definition = models.TextField(
        _("significado en lenguaje claro"),
        max_length=400,
        blank=True,
        help_text=_("Una o dos oraciones. Sin significado, la palabra solo se sugiere a quien escribe."),
    )
    avoid_for = models.TextField(
        _("palabras que reemplaza"),
        blank=True,
        help_text=_("Una por línea. El informe de calidad sugiere esta palabra donde encuentre aquellas."),
    )
    source = models.CharField(_("fuente"), max_length=255, blank=True)

    panels: ClassVar = [
        FieldPanel("term"),
        FieldPanel("variants"),
        FieldPanel("definition"),
        FieldPanel("avoid_for"),
        FieldPanel("source"),
    ]
    search_fields: ClassVar = [
        index.SearchField("term"),
        index.AutocompleteField("term"),
        index.SearchField("variants"),
        index.SearchField("avoid_for"),
    ]

    class Meta:
        verbose_name = _("palabra del glosario")
        verbose_name_plural = _("glosario")
        ordering = ["term"]

    def __str__(self) -> str:
        return self.term

    def clean(self) -> None:
        super().clean()
        if not self.definition.strip() and not self.avoid_for.strip():
            raise ValidationError(
                {"definition": _("Escribe el significado, o al menos una palabra que esta reemplaza.")}
            )

    def to_term(self) -> Term:
        """The row as plain data."""
        return Term(
            term=self.term.strip(),
            variants=_lines(self.variants),
            definition=self.definition.strip(),
            avoid=_lines(self.avoid_for),
            source=self.source,
        )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
