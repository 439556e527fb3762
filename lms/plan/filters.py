"""What visitors may ask of the lists; a value nobody offered counts as not asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lms.plan.selectors import CommitmentRow
from lms.ui.components import Choice

LONGEST_SEARCH = 100


def read_search(query: Mapping[str, str], name: str) -> str:
    """The words searched for, at most 100 characters, without control characters."""
    text = "".join(letter if letter.isprintable() else " " for letter in query.get(name, ""))
    return text.strip()[:LONGEST_SEARCH]


@dataclass(frozen=True)
class PlanFilter:
    """Commitments with or without courses, in order of number or of coverage."""

    training: str = ""
    order: str = "numero"

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "PlanFilter":
        training, order = query.get("formacion", ""), query.get("orden", "")
        return cls(
            training=training if training in {"con", "sin"} else "",
            order=order if order in {"numero", "cobertura"} else "numero",
        )

    def apply(self, rows: Sequence[CommitmentRow]) -> list[CommitmentRow]:
        """The rows asked for; by coverage a range stands at its middle, and what is not published last."""
        found = [row for row in rows if not self.training or bool(row.coverage) == (self.training == "con")]
        if self.order == "cobertura":
            found.sort(key=lambda row: (row.span is None, -sum(row.span or ()), row.commitment.number))
        return found

    @property
    def training_choices(self) -> list[Choice]:
        texts = (("", _("Con y sin cursos")), ("con", _("Con cursos")), ("sin", _("Sin cursos")))
        return [Choice(value, text, value == self.training) for value, text in texts]

    @property
    def order_choices(self) -> list[Choice]:
        texts = (("numero", _("Número")), ("cobertura", _("Cobertura, de mayor a menor")))
        return [Choice(value, text, value == self.order) for value, text in texts]
