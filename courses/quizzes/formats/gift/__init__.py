"""GIFT, Moodle's format to write questions by hand. It grades as Moodle does: the rules are those of
``courses.quizzes.formats.moodle``.
"""

from courses.quizzes.formats.gift.reading import read_gift
from courses.quizzes.formats.gift.writing import write_gift

__all__ = ["read_gift", "write_gift"]
