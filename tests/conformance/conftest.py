"""The record behind its endpoint, for one client that may do everything."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

import pytest
import time_machine

from lms.lib import clock
from lms.xapi.platform import credential_keys
from lms.xapi.services.activities import forget_activities
from lms.xapi.services.credentials import issue_credential
from tests.conformance.speaking import NEW, OLD, VERSIONS, Lrs, basic

Issue = Callable[[Sequence[str]], str]


@pytest.fixture
def issue() -> Issue:
    """Makes a credential with these scopes; its Authorization header. Needs the database."""

    def make(scopes: Sequence[str]) -> str:
        issued = issue_credential(name="Conformidad", scopes=scopes, key=credential_keys()[0], at=clock.now())
        return basic(issued.credential.key, issued.secret)

    return make


@pytest.fixture(autouse=True)
def _forgotten_activities() -> Iterator[None]:
    """The process remembers definitions that it stored; the database of the next test has none."""
    forget_activities()
    yield
    forget_activities()


@pytest.fixture(params=VERSIONS)
def lrs(request: pytest.FixtureRequest, db: None, issue: Issue) -> Lrs:
    """A client; the test runs once in each version."""
    return Lrs(request.param, issue(["all"]))


@pytest.fixture
def old(db: None, issue: Issue) -> Lrs:
    """A client that speaks 1.0.3."""
    return Lrs(OLD, issue(["all"]))


@pytest.fixture
def new(db: None, issue: Issue) -> Lrs:
    """A client that speaks 2.0."""
    return Lrs(NEW, issue(["all"]))


@pytest.fixture
def committed(transactional_db: None, issue: Issue) -> Lrs:
    """A client of 1.0.3 whose requests commit or roll back by themselves, as in operation.

    Afterwards the database is made anew, which takes seconds on PostgreSQL: for few tests.
    """
    return Lrs(OLD, issue(["all"]))


@pytest.fixture
def now() -> Iterator[time_machine.Traveller]:
    """A clock that stands still until a test moves it."""
    with time_machine.travel(datetime(2026, 3, 2, 12, tzinfo=UTC), tick=False) as traveller:
        yield traveller
