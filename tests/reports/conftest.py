from tests.personas import personas
from tests.reports.trained import trained

__all__ = ["personas", "trained"]
