"""Every requirement of the public suite has a test that names it, or a reason why not in the README."""

import re
from pathlib import Path

FOLDER = Path(__file__).parent
LAST = 336
_NUMBER = re.compile(r"(?<!\d)00[0-3]\d\d(?!\d)")
_LISTED = re.compile(r"^\| ((?:XAPI-\d{5}[, ]*)+)\|", re.MULTILINE)


def test_every_requirement_is_covered_or_listed_with_its_reason() -> None:
    named = {number for file in FOLDER.glob("test_*.py") for number in _NUMBER.findall(file.read_text())}
    listed = set(_NUMBER.findall(" ".join(_LISTED.findall((FOLDER / "README.md").read_text()))))
    assert {f"{number:05d}" for number in range(1, LAST + 1)} - named == listed
