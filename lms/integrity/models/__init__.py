"""Tables of what is specific to an institution. Import from here, not from the topic files."""

from lms.integrity.models.acknowledgements import Acknowledgement
from lms.integrity.models.codes import EthicsCode
from lms.integrity.models.kinds import (
    ARTICLE_OF,
    EXAMPLE_OF,
    KIND_BY_SLUG,
    KIND_BY_VALUE,
    SLOT_KINDS,
    Contact,
    Family,
    SlotKind,
)
from lms.integrity.models.slots import SlotVersion

__all__ = [
    "ARTICLE_OF",
    "EXAMPLE_OF",
    "KIND_BY_SLUG",
    "KIND_BY_VALUE",
    "SLOT_KINDS",
    "Acknowledgement",
    "Contact",
    "EthicsCode",
    "Family",
    "SlotKind",
    "SlotVersion",
]
