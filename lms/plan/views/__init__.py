"""Screens and files of the plan, public or of its team. Import from here, not from the topic files."""

from lms.plan.views.data import (
    commitments_csv,
    commitments_json,
    coverage_csv,
    coverage_json,
    data_page,
)
from lms.plan.views.manage import create, edit, manage, set_active
from lms.plan.views.pages import commitment, current_commitment, method, plan_home, plan_page

__all__ = [
    "commitment",
    "commitments_csv",
    "commitments_json",
    "coverage_csv",
    "coverage_json",
    "create",
    "current_commitment",
    "data_page",
    "edit",
    "manage",
    "method",
    "plan_home",
    "plan_page",
    "set_active",
]
