"""Reading indicators. Import from here, not from the topic files."""

from lms.indicators.selectors.files import (
    DataFile,
    build_file,
    file_tag,
    indicator_document,
    observation_document,
    revision_document,
    template_file,
)
from lms.indicators.selectors.indicators import (
    CommitmentIndicators,
    IndicatorLine,
    IndicatorNotFoundError,
    TargetIndicators,
    get_indicator,
    group_by_commitment,
    group_by_target,
    list_current_observations,
    list_kept_indicators,
    list_of_commitment,
    list_of_whole_goal,
    list_published_indicators,
)
from lms.indicators.selectors.revisions import (
    RevisionNotFoundError,
    current_observations,
    find_current,
    get_revision,
    list_revisions,
)
from lms.indicators.selectors.series import read_breakdown, read_series

__all__ = [
    "CommitmentIndicators",
    "DataFile",
    "IndicatorLine",
    "IndicatorNotFoundError",
    "RevisionNotFoundError",
    "TargetIndicators",
    "build_file",
    "current_observations",
    "file_tag",
    "find_current",
    "get_indicator",
    "get_revision",
    "group_by_commitment",
    "group_by_target",
    "indicator_document",
    "list_current_observations",
    "list_kept_indicators",
    "list_of_commitment",
    "list_of_whole_goal",
    "list_published_indicators",
    "list_revisions",
    "observation_document",
    "read_breakdown",
    "read_series",
    "revision_document",
    "template_file",
]
