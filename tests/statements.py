"""What the record holds, for tests to look at."""

from lms.xapi.models import Statement
from lms.xapi.selectors.reading import Said


def list_said() -> list[Said]:
    """Every statement, oldest first, voided or not."""
    return [Said(row.position, row.raw) for row in Statement.objects.order_by("position")]


def list_verbs() -> list[str]:
    """Its verbs in order: the last word of each."""
    return [said.verb.rsplit("/", 1)[1] for said in list_said()]
