"""Tables of the API. Import from here, not from the topic files."""

from lms.api.models.calls import RememberedCall
from lms.api.models.tokens import ApiToken, Scope
from lms.api.models.traces import Trace, TraceKind

__all__ = ["ApiToken", "RememberedCall", "Scope", "Trace", "TraceKind"]
