"""Screens and files of diagnostics. Import from here, not from the topic files."""

from lms.diagnostics.views.answering import desk, dimension, discard, draft, finish
from lms.diagnostics.views.data import (
    profiles_csv,
    profiles_json,
    questionnaire_csv,
    questionnaire_json,
)
from lms.diagnostics.views.files import file, file_remove, files, public_file
from lms.diagnostics.views.planning import local_plan
from lms.diagnostics.views.profile import profile, publish
from lms.diagnostics.views.public import index, public_profile, public_profiles, questionnaire
from lms.diagnostics.views.team import participation

__all__ = [
    "desk",
    "dimension",
    "discard",
    "draft",
    "file",
    "file_remove",
    "files",
    "finish",
    "index",
    "local_plan",
    "participation",
    "profile",
    "profiles_csv",
    "profiles_json",
    "public_file",
    "public_profile",
    "public_profiles",
    "publish",
    "questionnaire",
    "questionnaire_csv",
    "questionnaire_json",
]
