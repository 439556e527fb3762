"""Plans: what everybody reads, what their team keeps, what those responsible report."""

from tests.access.cases import (
    NOT_ALLOWED,
    PLAN_KEEPERS,
    Case,
    in_plan,
    of_commitment,
    of_goal,
    of_milestone,
    of_seal,
    open_to_all,
)

REPORTERS = PLAN_KEEPERS
"""Nobody reports on a commitment in this world but the team of the plan."""

ROWS: dict[str, list[Case]] = {
    "plan:home": [open_to_all()],
    "plan:plan": [open_to_all(args=in_plan)],
    "plan:commitment": [open_to_all(args=of_commitment)],
    "plan:current_commitment": [open_to_all(302, args=lambda world: {"number": 1})],
    "plan:method": [open_to_all()],
    "plan:milestones": [open_to_all(args=in_plan)],
    "plan:replanned": [open_to_all(args=in_plan)],
    "plan:calendar": [open_to_all(args=in_plan)],
    "plan:history": [open_to_all(args=in_plan)],
    "plan:plan_versions": [open_to_all(args=in_plan)],
    "plan:plan_version": [open_to_all(404, args=lambda world: {**in_plan(world), "version_number": 999})],
    "plan:commitment_history": [open_to_all(args=of_commitment)],
    "plan:version": [open_to_all(args=lambda world: {**of_commitment(world), "version_number": 1})],
    "plan:evidence_file": [open_to_all(404, args=lambda world: {**in_plan(world), "evidence_id": 1})],
    "plan:seals": [open_to_all(args=in_plan)],
    "plan:seal": [open_to_all(args=of_seal)],
    "plan:sealed_json": [open_to_all(args=of_seal)],
    "plan:sealed_csv": [open_to_all(args=of_seal)],
    "plan:seal_coverage": [Case(PLAN_KEEPERS, 200, 400, args=in_plan)],
    "plan:headcounts": [Case(PLAN_KEEPERS, 200, 400, args=in_plan)],
    "plan:headcounts_confirm": [Case(PLAN_KEEPERS, NOT_ALLOWED, 302, args=in_plan)],
    "plan:manage": [Case(PLAN_KEEPERS)],
    "plan:plan_create": [Case(PLAN_KEEPERS, 200, 400)],
    "plan:desk": [Case(PLAN_KEEPERS, args=in_plan)],
    "plan:plan_edit": [Case(PLAN_KEEPERS, 200, 400, args=in_plan)],
    "plan:plan_status": [Case(PLAN_KEEPERS, 405, 404, args=in_plan)],
    "plan:review": [Case(PLAN_KEEPERS, 404, 404, args=lambda world: {**in_plan(world), "update_id": 999})],
    "plan:evidence_retire": [
        Case(PLAN_KEEPERS, 404, 404, args=lambda world: {**in_plan(world), "evidence_id": 999})
    ],
    "plan:commitment_create": [Case(PLAN_KEEPERS, 200, 400, args=in_plan)],
    "plan:kept_commitment": [Case(PLAN_KEEPERS, args=of_commitment)],
    "plan:commitment_edit": [Case(PLAN_KEEPERS, 200, 400, args=of_commitment)],
    "plan:coding_create": [Case(PLAN_KEEPERS, 200, 400, args=of_commitment)],
    "plan:milestone_create": [Case(PLAN_KEEPERS, 200, 400, args=of_commitment)],
    "plan:milestone_edit": [Case(PLAN_KEEPERS, 200, 400, args=of_milestone)],
    "plan:milestone_active": [Case(PLAN_KEEPERS, 200, 400, args=of_milestone)],
    "plan:goal_create": [Case(PLAN_KEEPERS, 200, 400, args=of_commitment)],
    "plan:goal": [Case(PLAN_KEEPERS, 200, 400, args=of_goal)],
    "plan:goal_retire": [Case(PLAN_KEEPERS, 200, 302, args=of_goal)],
    "plan:goal_restore": [Case(PLAN_KEEPERS, 200, 302, args=of_goal)],
    "plan:to_report": [Case(REPORTERS)],
    "plan:sheet": [Case(REPORTERS, 200, 400, args=in_plan)],
    "plan:sheet_xlsx": [Case(REPORTERS, args=in_plan)],
    "plan:sheet_csv": [Case(REPORTERS, args=in_plan)],
    "plan:update": [Case(REPORTERS, 200, 302, args=of_commitment)],
    "plan:send_update": [Case(REPORTERS, 404, 404, args=of_commitment)],
    "plan:take_back_update": [Case(REPORTERS, 405, 404, args=of_commitment)],
    "plan:new_evidence": [Case(REPORTERS, 404, 404, args=of_milestone)],
    "plan:draft_evidence": [
        Case(REPORTERS, 404, NOT_ALLOWED, args=lambda world: {**of_commitment(world), "evidence_id": 999})
    ],
    "plan:drop_evidence": [
        Case(REPORTERS, 405, 404, args=lambda world: {**of_commitment(world), "evidence_id": 999})
    ],
}
