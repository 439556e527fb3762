"""Reading the files of a pack one by one; what is wrong is gathered, not raised."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from content_packs.manifest import DilemmaFile
from content_packs.problems import PackError, Problem
from content_packs.sections import LessonFile, read_lesson
from content_packs.yaml_lines import Located, convert, load

Kind = TypeVar("Kind")


class Reader:
    """Reads files of one folder and gathers what is wrong with them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []

    def text(self, name: str) -> str | None:
        path = (self.root / name).resolve()
        if not path.is_relative_to(self.root.resolve()):
            self.problems.append(Problem(name, 1, "El archivo está fuera del paquete."))
            return None
        try:
            text = path.read_bytes().decode("utf-8-sig")
            if "\x00" not in text:
                return text
            self.problems.append(Problem(name, 1, "El archivo no es un texto en UTF-8. Guárdalo como UTF-8."))
        except FileNotFoundError:
            self.problems.append(Problem(name, 1, "El archivo no existe."))
        except UnicodeDecodeError:
            self.problems.append(Problem(name, 1, "El archivo no está en UTF-8. Guárdalo como UTF-8."))
        except OSError:
            self.problems.append(Problem(name, 1, "El archivo no se puede leer."))
        return None

    def shape(self, name: str, kind: type[Kind]) -> tuple[Kind | None, Located]:
        text = self.text(name)
        if text is None:
            return None, Located(None, name)
        if not text.strip():
            self.problems.append(Problem(name, 1, "El archivo está vacío."))
            return None, Located(None, name)
        try:
            located = load(text, file=name)
            return convert(located, kind), located
        except PackError as error:
            self.problems.extend(error.problems)
            return None, Located(None, name)

    def run(self, check: Callable[[], Iterator[Problem]]) -> None:
        self.problems.extend(check())

    def lesson(self, name: str, code: str) -> LessonFile | None:
        """A lesson, whose code is that of its file."""
        text = self.text(name)
        if text is None:
            return None
        try:
            lesson = read_lesson(text, file=name)
        except PackError as error:
            self.problems.extend(error.problems)
            return None
        if lesson.head.code != code:
            self.problems.append(
                lesson.head_located.problem(f"code: debe ser «{code}», como el archivo.", "code")
            )
        return lesson

    def dilemma(self, name: str, code: str) -> tuple[DilemmaFile | None, Located]:
        """A dilemma, whose code is that of its file."""
        dilemma, located = self.shape(name, DilemmaFile)
        if dilemma and dilemma.code != code:
            self.problems.append(located.problem(f"code: debe ser «{code}», como el archivo.", "code"))
        return dilemma, located
