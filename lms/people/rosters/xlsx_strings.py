"""The texts of a workbook, kept on disk: a large one has millions, which the memory need not hold."""

from array import array
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from weakref import finalize

from openpyxl.reader.excel import ExcelReader
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

_ITEM = f"{{{SHEET_MAIN_NS}}}si"
_TEXT = f"{{{SHEET_MAIN_NS}}}t"
_PHONETIC = f"{{{SHEET_MAIN_NS}}}rPh"
_REMEMBERED = 20_000
_IN_MEMORY = 4 * 1024 * 1024


class SharedStrings:
    """Texts by number, in a temporary file; memory holds 8 bytes each and the last ones asked for."""

    def __init__(self) -> None:
        self._file: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - lives as long as the workbook
        finalize(self, self._file.close)
        self._starts = array("Q", [0])
        self._recent: dict[int, str] = {}

    def append(self, text: str) -> None:
        data = text.encode("utf-8", "surrogatepass")
        self._file.write(data)
        self._starts.append(self._starts[-1] + len(data))

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, index: int) -> str:
        known = self._recent.get(index)
        if known is not None:
            return known
        if not 0 <= index < len(self):
            raise IndexError(index)
        start, end = self._starts[index], self._starts[index + 1]
        self._file.seek(start)
        text = self._file.read(end - start).decode("utf-8", "surrogatepass")
        if len(self._recent) >= _REMEMBERED:
            self._recent.clear()
        self._recent[index] = text
        return text


class RosterWorkbookReader(ExcelReader):
    """The library's reader, with the texts on disk instead of in a list."""

    def read_strings(self) -> None:
        part = self.package.find(SHARED_STRINGS)
        self.shared_strings: Any = SharedStrings()
        if part is None:
            return
        with self.archive.open(part.PartName[1:]) as source:
            for _, node in iterparse(source):
                if node.tag == _ITEM:
                    # As the library does: an escaped underscore loses its escape.
                    self.shared_strings.append(_text_of(node).replace("x005F_", ""))
                    node.clear()


def _text_of(item: Any) -> str:
    """A plain text, or the parts of a formatted one; pronunciations are left out."""
    parts = [item.findtext(_TEXT)]
    for child in item:
        if child.tag not in (_TEXT, _PHONETIC):
            parts.append(child.findtext(_TEXT))
    return "".join(part for part in parts if part)
