"""The slots that every institution has: the code by topic, four contacts, an example by topic."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from courses.blocks import CodeTopic


class Family(models.TextChoices):
    """What a slot is to a lesson; slots of a family hold the same fields."""

    ARTICLE = "article", _("Código de ética")
    CONTACT = "contact", _("Contactos")
    EXAMPLE = "example", _("Ejemplo de aquí")


class Contact(models.TextChoices):
    """Whom to ask or where to report."""

    COORDINATOR = "coordinator", _("Coordinación de integridad")
    QUERIES = "queries", _("Canal de consultas")
    REPORTS = "reports", _("Canal de denuncias")
    COMMITTEE = "committee", _("Comité de integridad")


@dataclass(frozen=True)
class SlotKind:
    """One slot. ``value`` is stored, ``slug`` stands in addresses; ``label`` needs its family beside it."""

    value: str
    slug: str
    family: Family
    label: Promise | str
    topic: str = ""

    @property
    def name(self) -> Promise | str:
        """The slot where nothing else says of which family it is."""
        return self.label if self.is_contact else format_lazy("{}: {}", self.family.label, self.label)

    @property
    def is_contact(self) -> bool:
        return self.family == Family.CONTACT


_CONTACT_SLUGS = {
    Contact.COORDINATOR: "coordinacion",
    Contact.QUERIES: "consultas",
    Contact.REPORTS: "denuncias",
    Contact.COMMITTEE: "comite",
}


def _by_topic(family: Family, slug: str) -> dict[str, SlotKind]:
    return {
        topic.value: SlotKind(
            f"{family.value}_{topic.value}", f"{slug}-{topic.value}", family, topic.label, topic.value
        )
        for topic in CodeTopic
    }


ARTICLE_OF = _by_topic(Family.ARTICLE, "codigo")
EXAMPLE_OF = _by_topic(Family.EXAMPLE, "ejemplo")

SLOT_KINDS: tuple[SlotKind, ...] = (
    *ARTICLE_OF.values(),
    *(SlotKind(kind.value, slug, Family.CONTACT, kind.label) for kind, slug in _CONTACT_SLUGS.items()),
    *EXAMPLE_OF.values(),
)
KIND_BY_VALUE = {kind.value: kind for kind in SLOT_KINDS}
KIND_BY_SLUG = {kind.slug: kind for kind in SLOT_KINDS}
KIND_CHOICES = [(kind.value, kind.name) for kind in SLOT_KINDS]
