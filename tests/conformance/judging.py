"""Asking the rules, without the record."""

from lms.xapi.rules.errors import InvalidValueError
from lms.xapi.rules.statements import check_statement
from tests.conformance.sayings import Node, inside, text
from tests.conformance.speaking import VERSIONS


def refuses(whole: Node, *, nested: bool = True) -> bool:
    """Whether it is refused: in both versions, alone and (``nested``) as the object of a statement.

    An answer that depends on either fails the test.
    """
    told = [whole, inside(whole)] if nested else [whole]
    verdicts = [_is_refused(text(said), version) for said in told for version in VERSIONS]
    assert len(set(verdicts)) == 1, verdicts
    return verdicts[0]


def _is_refused(raw: bytes, version: str) -> bool:
    try:
        check_statement(raw, version=version)
    except InvalidValueError:
        return True
    return False
