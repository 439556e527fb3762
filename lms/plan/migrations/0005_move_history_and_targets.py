"""The history of goals becomes part of that of the plan; goals of the agenda become text; milestones rows."""

from django.db import migrations


def move(apps, schema_editor):
    change_of_goal = apps.get_model("plan", "TrainingGoalChange")
    plan_change = apps.get_model("plan", "PlanChange")
    commitments = {row.pk: row for row in apps.get_model("plan", "Commitment").objects.all()}
    for old in change_of_goal.objects.select_related("goal").order_by("pk"):
        commitment = commitments[old.goal.commitment_id]
        commitment.version += 1
        plan_change.objects.create(
            plan_id=commitment.plan_id,
            commitment_id=commitment.pk,
            subject="goal",
            object_id=old.goal_id,
            label=old.goal.title,
            kind=old.kind,
            changed_by_id=old.changed_by_id,
            changed_at=old.changed_at,
            before=old.before,
            after=old.after,
            version=commitment.version,
        )
    milestone = apps.get_model("plan", "Milestone")
    for commitment in commitments.values():
        if commitment.sdgs is not None:
            commitment.sdg_targets = [str(number) for number in commitment.sdgs]
        source = commitment.sources.get("milestones", {})
        for order, label in enumerate(commitment.milestones or (), start=1):
            milestone.objects.create(
                commitment=commitment, code=f"h{order}", order=order, label=label,
                source_text=source.get("text", ""), source_url=source.get("url", ""),
            )
        if "sdgs" in commitment.sources:
            commitment.sources["sdg_targets"] = commitment.sources.pop("sdgs")
        commitment.save(update_fields=["version", "sdg_targets", "sources"])
    coding = apps.get_model("plan", "ExternalCoding")
    for row in coding.objects.select_related("commitment__plan"):
        row.recorded_at = row.commitment.plan.installed_at
        row.save(update_fields=["recorded_at"])


def move_back(apps, schema_editor):
    plan_change = apps.get_model("plan", "PlanChange")
    change_of_goal = apps.get_model("plan", "TrainingGoalChange")
    for new in plan_change.objects.filter(subject="goal").order_by("pk"):
        change_of_goal.objects.create(
            goal_id=new.object_id, kind=new.kind, changed_by_id=new.changed_by_id, changed_at=new.changed_at,
            before=new.before, after=new.after,
        )
    for commitment in apps.get_model("plan", "Commitment").objects.all():
        goals = {int(target.partition(".")[0]) for target in commitment.sdg_targets or ()}
        commitment.sdgs = sorted(goals) or None
        if "sdg_targets" in commitment.sources:
            commitment.sources["sdgs"] = commitment.sources.pop("sdg_targets")
        commitment.save(update_fields=["sdgs", "sources"])


class Migration(migrations.Migration):
    dependencies = [("plan", "0004_plans_with_milestones_and_updates")]
    operations = [migrations.RunPython(move, move_back)]
