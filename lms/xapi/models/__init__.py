"""The tables of the record."""

from lms.xapi.models.attachments import Attachment
from lms.xapi.models.credentials import Credential, Scope
from lms.xapi.models.documents import Document
from lms.xapi.models.forwarding import DeadLetter, ForwardTarget
from lms.xapi.models.statements import Activity, IndexRow, Link, Reference, Statement, StatementKey

__all__ = [
    "Activity",
    "Attachment",
    "Credential",
    "DeadLetter",
    "Document",
    "ForwardTarget",
    "IndexRow",
    "Link",
    "Reference",
    "Scope",
    "Statement",
    "StatementKey",
]
