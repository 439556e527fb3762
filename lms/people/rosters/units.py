"""Finding the unit that a row means among those of the institution, and naming those not yet known."""

from collections.abc import Iterable
from dataclasses import dataclass

from lms.people.rosters.columns import plain_words

CODE_LENGTH = 40


@dataclass
class UnitEntry:
    """A unit; ``id`` is ``None`` until it is stored."""

    id: int | None
    code: str
    name: str


class UnitBook:
    """The units of one institution, by code and by name, without regard to case and accents."""

    def __init__(self, known: Iterable[UnitEntry]) -> None:
        self.new: list[UnitEntry] = []
        self._by_code: dict[str, UnitEntry] = {}
        self._by_name: dict[str, UnitEntry] = {}
        for entry in known:
            self._add(entry)

    def resolve(self, *, code: str, name: str) -> UnitEntry:
        """The unit with that code, else (where no code is given) with that code or name, else a new one.

        A given code decides: two units of one name are different units.
        """
        found = self._by_code.get(_key(code or name))
        if found is None and not code:
            found = self._by_name.get(plain_words(name))
        if found is None:
            found = UnitEntry(id=None, code=code or self._free_code(name), name=name or code)
            self.new.append(found)
            self._add(found)
        return found

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
