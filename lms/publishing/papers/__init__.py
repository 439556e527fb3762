"""What is known of a plan, put on paper: for a citizen, for the half-year, for OGP."""

from lms.publishing.papers.reports import half_year_paper, self_assessment_paper
from lms.publishing.papers.sheet import commitment_paper

__all__ = ["commitment_paper", "half_year_paper", "self_assessment_paper"]
