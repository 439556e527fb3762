"""Moodle's XML. GIFT, Moodle's format to write by hand, grades in the same way and uses the same rules."""

from courses.quizzes.formats.moodle.reading import read_moodle_xml
from courses.quizzes.formats.moodle.writing import write_moodle_xml

__all__ = ["read_moodle_xml", "write_moodle_xml"]
