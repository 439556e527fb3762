"""All writes of indicators. Import from here, not from the topic files."""

from lms.indicators.services.indicators import (
    IndicatorValues,
    create_indicator,
    edit_indicator,
    set_indicator_active,
)
from lms.indicators.services.install import IndicatorDataError, InstallReport, install_indicators
from lms.indicators.services.locks import lock_period, unlock_period
from lms.indicators.services.revisions import publish_revision, withdraw_revision
from lms.indicators.services.uploads import confirm_upload, preview_upload, receive_upload

__all__ = [
    "IndicatorDataError",
    "IndicatorValues",
    "InstallReport",
    "confirm_upload",
    "create_indicator",
    "edit_indicator",
    "install_indicators",
    "lock_period",
    "preview_upload",
    "publish_revision",
    "receive_upload",
    "set_indicator_active",
    "unlock_period",
    "withdraw_revision",
]
