"""What lessons and screens read of an institution's integrity system."""

from dataclasses import dataclass
from uuid import UUID

from lms.integrity.models import Acknowledgement, CodeArticle, EthicsCode, IntegrityContact


@dataclass(frozen=True)
class ContactRow:
    kind: str
    label: str
    name: str
    email: str
    phone: str
    url: str
    note: str


@dataclass(frozen=True)
class InstitutionInsert:
    """All that a lesson shows of the learner's own institution. Empty without an institution."""

    institution_name: str = ""
    code_id: int | None = None
    code_public_id: UUID | None = None
    code_title: str = ""
    code_url: str = ""
    code_version: int = 0
    articles: dict[str, CodeArticle] | None = None
    contacts: tuple[ContactRow, ...] = ()
    acknowledged: bool = False

    @property
    def has_code(self) -> bool:
        return self.code_id is not None

    def article(self, topic: str) -> CodeArticle | None:
        """The article on ``topic``; that on the code in general does not stand in for another."""
        return (self.articles or {}).get(topic)


def find_current_code(*, institution_id: int) -> EthicsCode | None:
    """The code in force. One query."""
    return (
        EthicsCode.objects.filter(institution_id=institution_id, is_current=True)
        .select_related("institution")
        .prefetch_related("articles")
        .first()
    )


def get_insert(
    *, institution_id: int | None, institution_name: str, person_id: int | None
) -> InstitutionInsert:
    """Everything in at most four queries, for one lesson."""
    if institution_id is None:
        return InstitutionInsert()
    contacts = tuple(
        ContactRow(c.kind, c.get_kind_display(), c.name, c.email, c.phone, c.url, c.note)
        for c in IntegrityContact.objects.filter(institution_id=institution_id).order_by("kind")
    )
    code = find_current_code(institution_id=institution_id)
    if code is None:
        return InstitutionInsert(institution_name=institution_name, contacts=contacts)
    return InstitutionInsert(
        institution_name=institution_name,
        code_id=code.pk,
        code_public_id=code.public_id,
        code_title=code.title,
        code_url=code.url,
        code_version=code.version,
        articles={article.topic: article for article in code.articles.all()},
        contacts=contacts,
        acknowledged=person_id is not None
        and Acknowledgement.objects.filter(person_id=person_id, code=code).exists(),
    )
