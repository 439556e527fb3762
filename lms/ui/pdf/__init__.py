"""Reports and papers as PDF: A4, tagged (PDF/UA-1) and archivable (PDF/A-2a), as certificates are."""

from lms.ui.pdf.paper import render_paper
from lms.ui.pdf.sheet import Column, Sheet, Table, render_sheet

__all__ = ["Column", "Sheet", "Table", "render_paper", "render_sheet"]
