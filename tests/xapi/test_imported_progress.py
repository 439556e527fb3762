"""A log that was imported suffices to rebuild the progress of people."""

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from lms.journeys.replay_progress import check, read_rows
from lms.progress.models import AssessmentAttempt, Completion, Enrolment
from lms.xapi.models import Statement
from lms.xapi.platform import current_platform
from tests.factories.learning import make_course, make_learner
from tests.factories.people import PersonFactory, PostingFactory
from tests.xapi.sayings import empty_record

pytestmark = pytest.mark.django_db(transaction=True)


def command(name: str, *arguments: str) -> str:
    out = io.StringIO()
    call_command(name, *arguments, stdout=out)
    return out.getvalue()


def wipe_progress() -> None:
    Completion.objects.all().delete()
    AssessmentAttempt.objects.all().delete()
    Enrolment.objects.all().delete()


@pytest.fixture
def exported(at: datetime, tmp_path: Path) -> Path:
    """An employee who completed and a citizen in the middle, in a file; the record is then emptied."""
    make_course(at=at)
    posting = PostingFactory()
    make_learner(person=posting.person, at=at, posting=posting).complete(at)
    make_learner(person=PersonFactory(), at=at).read_everything(at)
    command("export_statements", str(tmp_path / "registro.jsonl.gz"))
    return tmp_path / "registro.jsonl.gz"


def test_progress_is_the_same_after_export_loss_and_import(exported: Path) -> None:
    before, statements = read_rows(), Statement.objects.count()
    empty_record()
    wipe_progress()
    command("import_statements", str(exported))
    assert Statement.objects.count() == statements > 10
    command("rebuild_progress")
    after = read_rows()
    assert after == before
    assert check(platform=current_platform()) == []
    assert "dicen lo mismo" in command("check_progress")


def test_an_imported_log_agrees_with_the_rows_that_stayed(exported: Path) -> None:
    empty_record()
    command("import_statements", str(exported))
    assert check(platform=current_platform()) == []


@pytest.mark.parametrize("lose", [empty_record, wipe_progress])
def test_before_importing_the_loss_is_noticed(exported: Path, lose: Callable[[], None]) -> None:
    lose()
    with pytest.raises(CommandError, match="rebuild_progress"):
        command("check_progress")
