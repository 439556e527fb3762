"""What is wrong with a pack, told by file and line. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """``file`` is relative to the pack; ``line`` starts at 1."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


class PackError(Exception):
    """The pack cannot be used; ``problems`` says all that is wrong, in order."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
