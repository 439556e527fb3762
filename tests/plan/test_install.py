"""Installing the plan."""

import threading
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from msgspec.structs import replace

from content_packs.folders import PACKS
from content_packs.yaml_lines import convert, load
from lms.plan.manifests import PlanFile
from lms.plan.models import ActionPlan, Commitment, PlanChange, TrainingGoal
from lms.plan.services import PlanDataError, PlanValues, edit_plan, install_plan

pytestmark = pytest.mark.django_db


def read_shipped() -> PlanFile:
    text = (PACKS / "plan-chile-4" / "plan.yaml").read_text(encoding="utf-8")
    data: PlanFile = convert(load(text, file="plan.yaml"), PlanFile)
    return data


def test_shipped_plan_has_twelve_commitments_and_nine_tables(at: datetime) -> None:
    install_plan(data=read_shipped(), at=at)
    plan = ActionPlan.objects.get()
    assert (plan.commitments.count(), plan.tables.count(), plan.is_current) == (12, 9, True)


def test_commitments_six_and_twelve_are_named_and_not_described(at: datetime) -> None:
    install_plan(data=read_shipped(), at=at)
    undescribed = Commitment.objects.filter(is_described=False)
    assert [(c.number, c.description) for c in undescribed] == [(6, None), (12, None)]
    assert all(c.title and c.sources["title"]["url"] for c in undescribed)


def test_goal_without_published_figure_has_no_target(at: datetime) -> None:
    install_plan(data=read_shipped(), at=at)
    goal = TrainingGoal.objects.get()
    assert (goal.commitment.number, goal.course_codes) == (1, ["integridad-fundamentos"])
    assert (goal.target_percent, goal.due_on) == (None, None)


def test_second_installation_changes_nothing(at: datetime) -> None:
    install_plan(data=read_shipped(), at=at)
    report = install_plan(data=read_shipped(), at=at)
    assert (report.created, report.differences) == ([], [])


def test_changed_commitment_is_restored_and_reported(at: datetime) -> None:
    install_plan(data=read_shipped(), at=at)
    Commitment.objects.filter(number=2).update(lead="Alguien")
    report = install_plan(data=read_shipped(), at=at)
    assert [(d.where, d.field, d.before, d.after, d.kept) for d in report.differences] == [
        ("Compromiso 2", "lead", "Alguien", None, False)
    ]
    assert Commitment.objects.get(number=2).lead is None


def test_target_registered_here_is_kept_and_reported(at: datetime) -> None:
    install_plan(data=read_shipped(), at=at)
    TrainingGoal.objects.update(target_percent=80)
    report = install_plan(data=read_shipped(), at=at)
    assert [(d.field, d.before, d.after, d.kept) for d in report.differences] == [
        ("target_percent", 80, None, True)
    ]
    assert TrainingGoal.objects.get().target_percent == 80


def test_value_without_source_is_refused(at: datetime) -> None:
    data = read_shipped()
    del data.commitments[0].sources["lead"]
    with pytest.raises(PlanDataError, match="Compromiso 1: «lead» no dice su fuente"):
        install_plan(data=data, at=at)


def test_repeated_number_is_refused(at: datetime) -> None:
    data = read_shipped()
    data.commitments.append(data.commitments[0])
    with pytest.raises(PlanDataError, match="repetido"):
        install_plan(data=data, at=at)
    assert not ActionPlan.objects.exists()


def test_command_installs_the_shipped_plan() -> None:
    out = StringIO()
    call_command("install_plan", stdout=out)
    assert "Nuevo: Compromiso 12" in out.getvalue()


@pytest.mark.parametrize(
    ("content", "message"),
    [("plan: [", "YAML"), ("plan: {}\ncommitments: []\n", "falta"), ("5", "plan.yaml:1")],
)
def test_command_says_what_is_wrong_with_a_file(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "plan.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match=message):
        call_command("install_plan", str(tmp_path))


def test_command_names_the_packs_it_knows() -> None:
    with pytest.raises(CommandError, match="plan-chile-4"):
        call_command("install_plan", "no-existe")


def test_every_change_has_a_version_of_its_own(at: datetime) -> None:
    install_plan(data=read_shipped(), at=at)
    changes = PlanChange.objects.filter(commitment__number=1).values_list("version", flat=True)
    assert sorted(changes) == list(range(1, len(changes) + 1))


def test_tables_are_in_the_history_of_the_plan(at: datetime) -> None:
    data = read_shipped()
    install_plan(data=data, at=at)
    assert PlanChange.objects.get(subject="plan").after["tables"] == data.plan.tables
    install_plan(data=replace(data, plan=replace(data.plan, tables=["Otra", *data.plan.tables])), at=at)
    assert PlanChange.objects.get(subject="plan", kind="edited").before == {"tables": data.plan.tables}


def test_tables_written_here_are_kept_and_reported(at: datetime) -> None:
    data = read_shipped()
    install_plan(data=data, at=at)
    plan = ActionPlan.objects.get()
    values = PlanValues(**{name: getattr(plan, name) for name in PlanValues.__dataclass_fields__})
    edit_plan(plan_id=plan.pk, values=values, tables=["Una sola"], changed_by_id=None, at=at)
    report = install_plan(data=data, at=at)
    assert [(one.field, one.kept) for one in report.differences] == [("tables", True)]
    assert [table.name for table in plan.tables.all()] == ["Una sola"]


def test_titles_that_differ_by_accents_alone_are_repeated(at: datetime) -> None:
    data = read_shipped()
    first, second, *others = data.commitments
    twice = replace(second, title=first.title.upper() + ".")
    with pytest.raises(PlanDataError, match="título de compromiso repetido"):
        install_plan(data=replace(data, commitments=[first, twice, *others]), at=at)


@pytest.mark.django_db(transaction=True)
def test_two_who_install_a_plan_at_once_install_it_once(at: datetime) -> None:
    start = threading.Barrier(2)
    created: list[int] = []

    def install() -> None:
        try:
            start.wait(timeout=10)
            created.append(len(install_plan(data=read_shipped(), at=at).created))
        finally:
            connection.close()

    threads = [threading.Thread(target=install) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(created)[0] == 0
    assert len(created) == 2
    assert ActionPlan.objects.get().is_current
