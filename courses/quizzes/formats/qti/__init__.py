"""QTI 2.1, 2.2 and 3.0: the door of the package."""

from courses.quizzes.formats.qti.reading.file import read_qti
from courses.quizzes.formats.qti.writing.package import write_qti

__all__ = ["read_qti", "write_qti"]
