"""Public screens and files of the plan. Import from here, not from the topic files."""

from lms.plan.views.data import (
    commitments_csv,
    commitments_json,
    coverage_csv,
    coverage_json,
    data_page,
)
from lms.plan.views.pages import commitment, method, plan_home

__all__ = [
    "commitment",
    "commitments_csv",
    "commitments_json",
    "coverage_csv",
    "coverage_json",
    "data_page",
    "method",
    "plan_home",
]
