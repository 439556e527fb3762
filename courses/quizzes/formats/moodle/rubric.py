"""Moodle marks a text with one number and notes for whoever marks; ours needs a rubric.

A rubric of ours is written into those notes, and read from there again.
"""

from courses.quizzes.rules.kinds.open_answer import Criterion, Level, OpenAnswer

DEFAULT_RUBRIC = (
    Criterion(
        "Responde a lo que se pregunta",
        (Level(0, "No responde"), Level(1, "Responde en parte"), Level(2, "Responde por completo")),
    ),
    Criterion(
        "Da razones",
        (
            Level(0, "No da razones"),
            Level(1, "Da alguna razón"),
            Level(2, "Da razones sólidas"),
        ),
    ),
)
"""For texts that come without one; an author should make it fit the question."""

CRITERION, POINTS = "Criterio: ", " puntos:"


def write_guide(body: OpenAnswer) -> str:
    """The notes and below them the rubric, a line for each criterion and each level."""
    lines = [body.guide.strip()] if body.guide.strip() else []
    for criterion in body.criteria:
        lines.append(f"{CRITERION}{_in_a_line(criterion.name)}")
        lines += [f"{level.points}{POINTS} {_in_a_line(level.text)}" for level in criterion.levels]
    return "\n".join(lines)


def read_guide(notes: str) -> tuple[str, tuple[Criterion, ...]]:
    """The notes and the rubric; without criteria where no rubric of ours is in them."""
    lines = notes.split("\n")
    start = next((place for place, line in enumerate(lines) if line.startswith(CRITERION)), len(lines))
    criteria: list[Criterion] = []
    for line in lines[start:]:
        points, is_level, text = line.partition(POINTS)
        if line.startswith(CRITERION):
            criteria.append(Criterion(line.removeprefix(CRITERION), ()))
        elif is_level and points.isascii() and points.isdigit() and len(points) < 5:
            last = criteria[-1]
            criteria[-1] = Criterion(last.name, (*last.levels, Level(int(points), text.strip())))
        else:
            return notes.strip(), ()
    return "\n".join(lines[:start]).strip(), tuple(criteria)


def _in_a_line(text: str) -> str:
    return " ".join(text.split())
