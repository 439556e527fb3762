"""Screens and files of indicators, public or of a plan's keepers. Import from here."""

from lms.indicators.views.files import current_file, revision_file
from lms.indicators.views.manage import create, edit, manage, set_active
from lms.indicators.views.pages import indicator_list, indicator_page, revision_page, sdg_page
from lms.indicators.views.releases import open_period, periods, publish, revisions, withdraw
from lms.indicators.views.uploads import discard, preview, template, upload

__all__ = [
    "create",
    "current_file",
    "discard",
    "edit",
    "indicator_list",
    "indicator_page",
    "manage",
    "open_period",
    "periods",
    "preview",
    "publish",
    "revision_file",
    "revision_page",
    "revisions",
    "sdg_page",
    "set_active",
    "template",
    "upload",
    "withdraw",
]
