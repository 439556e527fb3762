"""A translation of the small pack: its own files with some words in English."""

from pathlib import Path

WORDS = """\
title: A course to try
short_title: Trying
summary: Learn to say no.
audience: Everybody
outcomes:
  - Notice a conflict.
modules:
  m1: First module
  m2: Second module
competences:
  INT-1: Act with probity
assessment_title: Final assessment
"""


def translate_pack(folder: Path) -> Path:
    """Write ``translations/en`` into the pack; the folder written."""
    base = folder / "translations" / "en"
    for kind in ("lessons", "dilemmas", "questions"):
        (base / kind).mkdir(parents=True)
        for path in (folder / kind).iterdir():
            text = path.read_text()
            text = text.replace("title: Qué es la probidad", "title: What probity is")
            (base / kind / path.name).write_text(text.replace("stem: ", "stem: In English "))
    (base / "course.yaml").write_text(WORDS)
    return base
