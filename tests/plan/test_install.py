"""Installing the plan."""

from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from content_packs.folders import PACKS
from content_packs.yaml_lines import convert, load
from lms.plan.manifests import PlanFile
from lms.plan.models import ActionPlan, Commitment, TrainingGoal
from lms.plan.services import PlanDataError, install_plan

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
