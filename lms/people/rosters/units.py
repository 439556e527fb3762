"""Finding the unit that a row means among those of the institution, and naming those not yet known."""

from collections.abc import Iterable
from dataclasses import dataclass

from lms.lib.words import plain_words
from lms.people.rosters.unit_tree import UnitTree

CODE_LENGTH = 40


@dataclass
class UnitEntry:
    """A unit; ``id`` is ``None`` until it is stored. ``parent`` is the code of the unit above, or empty."""

    id: int | None
    code: str
    name: str
    parent: str = ""


class UnitBook:
    """The units of one institution, by code and by name, without regard to case and accents.

    ``new``: units to be stored; ``changed``: stored ones that have another parent or a name at last.
    """

    def __init__(self, known: Iterable[UnitEntry]) -> None:
        self.new: list[UnitEntry] = []
        self.changed: dict[str, UnitEntry] = {}
        self._by_code: dict[str, UnitEntry] = {}
        self._by_name: dict[str, UnitEntry] = {}
        for entry in known:
            self._add(entry)

    def place(self, *, code: str, name: str, parent: str = "") -> UnitEntry:
        """The unit of a row, hung from ``parent`` (a code) where the row names one."""
        entry = self.resolve(code=code, name=name)
        if parent:
            above = self.resolve(code=parent, name="")
            if _key(entry.parent) != _key(above.code):
                entry.parent = above.code
                self._note(entry)
        return entry

    def resolve(self, *, code: str, name: str) -> UnitEntry:
        """The unit with that code, else (where no code is given) with that code or name, else a new one.

        A given code decides: two units of one name are different units. A unit that was known by
        its code alone takes the name.
        """
        found = self._by_code.get(_key(code or name))
        if found is None and not code:
            found = self._by_name.get(plain_words(name))
        if found is None:
            found = UnitEntry(id=None, code=code or self._free_code(name), name=name or code)
            self.new.append(found)
            self._add(found)
        elif code and name and found.name == found.code and name != found.name:
            found.name = name
            self._by_name.setdefault(plain_words(name), found)
            self._note(found)
        return found

    def find(self, *, code: str) -> UnitEntry | None:
        return self._by_code.get(_key(code))

    def tree(self) -> UnitTree:
        """What depends on what as recorded, to judge the rows of a file by."""
        return UnitTree(
            recorded={code: _key(entry.parent) for code, entry in self._by_code.items()},
            codes={words: _key(entry.code) for words, entry in self._by_name.items()},
        )

    def _note(self, entry: UnitEntry) -> None:
        if entry.id is not None:
            self.changed[_key(entry.code)] = entry

    def _add(self, entry: UnitEntry) -> None:
        self._by_code[_key(entry.code)] = entry
        self._by_name.setdefault(plain_words(entry.name), entry)

    def _free_code(self, name: str) -> str:
        """``"Depto. de Personas"`` → ``"depto-de-personas"``, with a number where that is taken."""
        words = plain_words(name).replace(" ", "-")[:CODE_LENGTH].strip("-") or "unidad"
        code, number = words, 1
        while _key(code) in self._by_code:
            number += 1
            code = f"{words[: CODE_LENGTH - 7]}-{number}"
        return code


def _key(code: str) -> str:
    return code.strip().casefold()
