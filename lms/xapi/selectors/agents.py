"""What statements say of an agent."""

from lms.xapi.models import Statement
from lms.xapi.rules.keys import identify
from lms.xapi.rules.shapes import read_actor
from lms.xapi.selectors.finding import StatementFilter, find_page

_LOOKED_AT = 100


def list_names(*, identifier: str) -> list[str]:
    """The names under which an agent acted in its newest statements, newest first. Two queries.

    Args:
        identifier: as ``rules.keys.identify`` gives it.
    """
    page = find_page(wanted=StatementFilter(agent=identifier), limit=_LOOKED_AT)
    names = [_name(statement, identifier) for statement in page.statements]
    return list(dict.fromkeys(name for name in names if name))


def _name(statement: Statement, identifier: str) -> str:
    actor = read_actor(statement.raw["actor"])
    return actor.name if isinstance(actor.name, str) and identify(actor) == identifier else ""
