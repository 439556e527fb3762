"""As whom an author looks: somebody of an institution and an estamento, who does not exist."""

from collections.abc import Collection, MutableMapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from lms.integrity.selectors.inserts import InstitutionInsert, get_insert
from lms.people.models import Estamento, Institution

NOBODY = 0
_KEY = "vista_previa"
Session = MutableMapping[str, Any]


@dataclass(frozen=True)
class PreviewLearner:
    """``institution`` None: somebody whose institution has not loaded its roster."""

    institution: Institution | None = None
    estamento: str = ""

    @property
    def institution_name(self) -> str:
        return self.institution.name if self.institution else ""

    @property
    def estamento_name(self) -> str:
        return str(Estamento(self.estamento).label) if self.estamento else ""

    def insert(self, *, kinds: Collection[str], day: date) -> InstitutionInsert:
        """What blocks of these kinds show of the institution. At most two queries."""
        return get_insert(
            kinds=kinds,
            institution_id=self.institution.pk if self.institution else None,
            institution_name=self.institution_name,
            person_id=NOBODY,
            day=day,
        )


def read_learner(session: Session) -> PreviewLearner:
    """The last choice. At most one query."""
    kept = session.get(_KEY, {})
    code, estamento = kept.get("institution", ""), kept.get("estamento", "")
    institution = Institution.objects.filter(code=code).first() if code else None
    return PreviewLearner(institution, estamento if estamento in Estamento.values else "")


def keep_learner(session: Session, *, institution: Institution | None, estamento: str) -> None:
    """Remember the choice for the next preview."""
    session[_KEY] = {"institution": institution.code if institution else "", "estamento": estamento}
