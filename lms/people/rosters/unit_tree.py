"""Which unit depends on which, as the rows of a file say it one after another. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lms.lib.words import plain_words


@dataclass(frozen=True, slots=True)
class Hung:
    """``contradicts``: the row that said otherwise before (0: none)."""

    is_circle: bool = False
    contradicts: int = 0


_FINE = Hung()


@dataclass
class UnitTree:
    """The recorded tree under what the file has said so far.

    ``recorded``: code → code of the parent or "", in small letters; ``codes``: words of a name → code.
    A file that turns two units around has to name the new place of the upper one first: each row
    is judged by what stands above it.
    """

    recorded: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    _said: dict[str, tuple[str, int]] = field(default_factory=dict)

    def add(self, *, code: str, name: str, parent: str, number: int) -> Hung:
        """Hang a unit from the code ``parent`` unless that closes a circle or another row said otherwise.

        ``parent`` empty: the row says nothing about it.
        """
        above = parent.strip().casefold()
        if not above:
            return _FINE
        child = self._key(code, name)
        known = self._said.get(child)
        if known is not None:
            return _FINE if known[0] == above else Hung(contradicts=known[1])
        if self._is_below(above, child):
            return Hung(is_circle=True)
        self._said[child] = (above, number)
        return _FINE

    def _is_below(self, unit: str, top: str) -> bool:
        visited: set[str] = set()
        while unit and unit not in visited:
            if unit == top:
                return True
            visited.add(unit)
            said = self._said.get(unit)
            unit = said[0] if said else self.recorded.get(unit, "")
        return False

    def _key(self, code: str, name: str) -> str:
        """The code; of a name without one, the code that it has or will be given."""
        key = (code or name).strip().casefold()
        if code or key in self.recorded:
            return key
        words = plain_words(name)
        return self.codes.get(words) or words.replace(" ", "-")
