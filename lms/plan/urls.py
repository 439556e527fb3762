"""Addresses of plans. Those of its team begin with ``gestion/``, those of the responsible with ``informar/``.

Words that begin an address name no plan (``RESERVED_CODES``).
"""

from django.urls import path

from lms.plan.views import (
    commitments,
    evidence,
    goals,
    headcounts,
    keeping,
    pages,
    progress,
    reporting,
    reviews,
    seals,
    sheets,
)

app_name = "plan"

KEPT = "gestion/<slug:plan_code>/"
KEPT_COMMITMENT = f"{KEPT}compromisos/<int:number>/"
KEPT_MILESTONE = f"{KEPT_COMMITMENT}hitos/<slug:code>/"
UPDATE = "informar/<slug:plan_code>/<int:number>/"
COMMITMENT = "<slug:plan_code>/compromisos/<int:number>/"

urlpatterns = [
    path("", pages.plan_home, name="home"),
    path("metodo/", pages.method, name="method"),
    path("compromisos/<int:number>/", pages.current_commitment, name="current_commitment"),
    # The plan's team.
    path("gestion/", keeping.manage, name="manage"),
    path("gestion/nuevo/", keeping.new_plan, name="plan_create"),
    path("gestion/metas/<int:goal_id>/", goals.edit, name="goal"),
    path("gestion/metas/<int:goal_id>/retirar/", goals.set_active, {"is_active": False}, name="goal_retire"),
    path("gestion/metas/<int:goal_id>/reponer/", goals.set_active, {"is_active": True}, name="goal_restore"),
    path(KEPT, keeping.desk, name="desk"),
    path(f"{KEPT}editar/", keeping.change_plan, name="plan_edit"),
    path(f"{KEPT}estado/", keeping.change_status, name="plan_status"),
    path(f"{KEPT}informes-de-avance/<int:update_id>/", reviews.review, name="review"),
    path(f"{KEPT}evidencias/<int:evidence_id>/retirar/", reviews.retire, name="evidence_retire"),
    path(f"{KEPT}compromisos/nuevo/", commitments.new_commitment, name="commitment_create"),
    path(KEPT_COMMITMENT, commitments.kept_commitment, name="kept_commitment"),
    path(f"{KEPT_COMMITMENT}editar/", commitments.change_commitment, name="commitment_edit"),
    path(f"{KEPT_COMMITMENT}evaluaciones/nueva/", commitments.new_coding, name="coding_create"),
    path(f"{KEPT_COMMITMENT}metas/nueva/", goals.create, name="goal_create"),
    path(f"{KEPT_COMMITMENT}hitos/nuevo/", commitments.new_milestone, name="milestone_create"),
    path(KEPT_MILESTONE, commitments.change_milestone, name="milestone_edit"),
    path(f"{KEPT_MILESTONE}vigencia/", commitments.retire_milestone, name="milestone_active"),
    path(f"{KEPT}dotaciones/", headcounts.headcounts, name="headcounts"),
    path(f"{KEPT}dotaciones/guardar/", headcounts.confirm_headcounts, name="headcounts_confirm"),
    path(f"{KEPT}sellar/", seals.seal_coverage, name="seal_coverage"),
    # Those responsible.
    path("informar/", reporting.reporting, name="to_report"),
    path("informar/<slug:plan_code>/planilla/", sheets.sheet, name="sheet"),
    path("informar/<slug:plan_code>/planilla.xlsx", sheets.sheet_file, {"ending": "xlsx"}, name="sheet_xlsx"),
    path("informar/<slug:plan_code>/planilla.csv", sheets.sheet_file, {"ending": "csv"}, name="sheet_csv"),
    path(UPDATE, reporting.update, name="update"),
    path(f"{UPDATE}enviar/", reporting.send_update, name="send_update"),
    path(f"{UPDATE}recuperar/", reporting.take_back_update, name="take_back_update"),
    path(f"{UPDATE}evidencia/<slug:code>/", evidence.new_evidence, name="new_evidence"),
    path(f"{UPDATE}evidencia/<int:evidence_id>/archivo/", evidence.draft_evidence, name="draft_evidence"),
    path(f"{UPDATE}evidencia/<int:evidence_id>/quitar/", evidence.drop_evidence, name="drop_evidence"),
    # Everybody.
    path("<slug:plan_code>/", pages.plan_page, name="plan"),
    path("<slug:plan_code>/hitos/", progress.milestones, name="milestones"),
    path("<slug:plan_code>/hitos/reprogramados/", progress.replanned, name="replanned"),
    path("<slug:plan_code>/calendario/", progress.calendar, name="calendar"),
    path("<slug:plan_code>/historia/", progress.history, name="history"),
    path("<slug:plan_code>/versiones/", progress.plan_versions, name="plan_versions"),
    path("<slug:plan_code>/versiones/<int:version_number>/", progress.plan_version, name="plan_version"),
    path("<slug:plan_code>/evidencias/<int:evidence_id>/", progress.evidence_file, name="evidence_file"),
    path("<slug:plan_code>/cobertura/", seals.seals, name="seals"),
    path("<slug:plan_code>/cobertura/<str:day>.json", seals.sealed_json, name="sealed_json"),
    path("<slug:plan_code>/cobertura/<str:day>.csv", seals.sealed_csv, name="sealed_csv"),
    path("<slug:plan_code>/cobertura/<str:day>/", seals.seal, name="seal"),
    path(COMMITMENT, pages.commitment, name="commitment"),
    path(f"{COMMITMENT}historia/", progress.commitment_history, name="commitment_history"),
    path(f"{COMMITMENT}versiones/<int:version_number>/", progress.version, name="version"),
]
