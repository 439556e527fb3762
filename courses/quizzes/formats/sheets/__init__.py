"""Questions in a spreadsheet that a trainer fills in by hand: one row per question, CSV or XLSX. Pure."""

from courses.quizzes.formats.sheets.reading import is_sheet, read_sheet
from courses.quizzes.formats.sheets.writing import SheetKind, write_sheet

__all__ = ["SheetKind", "is_sheet", "read_sheet", "write_sheet"]
