"""Each way in which a pack can be broken is told with its file and line."""

from pathlib import Path

import pytest

from content_packs.folders import find_folder
from content_packs.problems import PackError
from content_packs.reading import read_pack
from tests.content_packs.small import edit

LESSON = "lessons/m1-l1.md"
DILEMMA = "dilemmas/la-caja.yaml"
QUESTIONS = "questions/INT-1.yaml"


def problems_of(folder: Path) -> list[str]:
    with pytest.raises(PackError) as caught:
        read_pack(folder)
    return [str(problem) for problem in caught.value.problems]


def test_a_good_pack_is_read_whole(folder: Path) -> None:
    pack = read_pack(folder)
    assert list(pack.lessons) == ["m1-l1", "m1-l2", "m2-l1"]
    assert [section.kind for section in pack.lessons["m1-l1"].sections] == [
        "text", "law", "plain", "code_of_ethics", "channels", "glossary", "check",
    ]  # fmt: skip
    assert list(pack.dilemmas) == ["la-caja"]
    assert [question.key for question in pack.questions] == ["p1", "p2", "p3"]
    assert pack.warnings == []


# (file, what is replaced, by what, lines after that one, what is said)
BROKEN = {
    "bad_yaml": ("course.yaml", "title: Curso", "title: a: b", 0, "sobra un «: »"),
    "tab": ("course.yaml", "  require_dilemmas", "\trequire_dilemmas", 0, "usa espacios en vez de tabulaciones"),
    "open_quote": ("laws.yaml", "Leímos el resumen.", "'Leímos", 1, "faltan las comillas"),
    "wrong_indent": ("course.yaml", "  - code: INT-1", "  code: INT-1\n  - x", 1, "la línea no calza"),
    "duplicate_key": ("course.yaml", "topic: integridad", "title: Otro", 0, "«title» está escrito dos veces"),
    "missing_field": ("course.yaml", "summary: Aprende a decir que no.\n", "", None, "falta «summary»"),
    "missing_field_inside": (QUESTIONS, "  difficulty: 1\n", "", -2, "falta «difficulty»"),
    "unknown_field": ("course.yaml", "emblem:", "emblema:", 0, "«emblema» no es un campo conocido"),
    "wrong_type": ("course.yaml", "certificate_months: 24", "certificate_months: dos", 0, "debe ser un número entero"),
    "number_for_text": ("course.yaml", "title: Curso de prueba", "title: 2026", 0, "debe ser un texto"),
    "out_of_range": ("course.yaml", "pass_percent: 70", "pass_percent: 101", 0, "debe ser 100 o menos"),
    "too_long": ("course.yaml", "short_title: Prueba", f"short_title: {'a' * 81}", 0, "no puede pasar de 80"),
    "empty_text": (QUESTIONS, "feedback: Sí.", "feedback: ''", 0, "no puede estar vacío"),
    "bad_code": ("course.yaml", "code: curso-de-prueba", "code: Curso Ñuñoa", 0, "letras minúsculas"),
    "bad_version": ("pack.yaml", "version: 1.0.0", "version: '1.0'", 0, "debe ser como 1.0.0"),
    "bad_kind": ("pack.yaml", "kind: course", "kind: libro", 0, "no admite el valor 'libro'"),
    "impossible_date": ("laws.yaml", "2024-01-15", "2024-02-31", 0, "no es una fecha"),
    "reference": ("laws.yaml", "key: ley-20880", "key: *ley", 0, "no usan referencias"),
    "null_character": ("course.yaml", "title: Curso de prueba", 'title: "a\\0b"', 0, "carácter nulo"),
    "bell": ("course.yaml", "title: Curso de prueba", "title: a\x07b", 0, "un carácter que YAML no admite"),
    "unknown_course_topic": ("course.yaml", "topic: integridad", "topic: cocina", 0, "no es un tema"),
    "lesson_twice": ("course.yaml", "      - m2-l1", "      - m1-l1", 0, "«lección m1-l1» está dos veces"),
    "module_twice": ("course.yaml", "code: m2", "code: m1", 0, "«módulo m1» está dos veces"),
    "assessment_like_lesson": ("course.yaml", "code: evaluacion-final", "code: m1-l1", 0, "está dos veces"),
    "course_like_a_page": ("course.yaml", "code: curso-de-prueba", "code: apuntes", 0, "«apuntes» es la dirección"),
    "assessment_like_a_page": ("course.yaml", "code: evaluacion-final", "code: repaso", 0, "«repaso» es la"),
    "draw_twice": (
        "course.yaml", "      count: 2\n", "      count: 1\n    - competence: INT-1\n      count: 1\n", 1,
        "«sorteo de INT-1» está dos veces",
    ),
    "small_bank": ("course.yaml", "count: 2", "count: 4", -1, "pide 4 preguntas de INT-1 y hay 3"),
    "too_many_dilemmas": ("course.yaml", "require_dilemmas: 1", "require_dilemmas: 2", -1, "pide más dilemas"),
    "law_twice": ("laws.yaml", "key: ley-20880", "key: ley-18575", 0, "«ley-18575» está dos veces"),
    "other_code": (LESSON, "code: m1-l1", "code: m1-l9", 0, "debe ser «m1-l1», como el archivo"),
    "lesson_competence": (LESSON, "  - INT-1", "  - INT-9", -1, "«INT-9» no es del curso"),
    "unknown_block": (LESSON, "::: plain", "::: recuadro", 0, "No existe el bloque «recuadro»"),
    "close_without_open": (LESSON, "## Qué hago ahora", ":::", 0, "cierra un bloque que no se abrió"),
    "block_field": (LESSON, "term: Probidad", "palabra: Probidad", 0, "no es un campo conocido"),
    "block_yaml": (LESSON, "text: Si dudas, pregunta.", "text: a: b", 0, "YAML mal escrito"),
    "empty_block": (LESSON, "text: Si dudas, pregunta.\n", "", -1, "falta «text»"),
    "unknown_law": (LESSON, "law: ley-18575", "law: ley-1", 0, "«ley-1» no está en laws.yaml"),
    "unknown_topic": (LESSON, "topic: regalos", "topic: flores", 0, "«flores» no es un tema"),
    "unknown_dilemma": ("lessons/m1-l2.md", "code: la-caja", "code: otro", 0, "no existe dilemmas/otro.yaml"),
    "two_correct": (LESSON, "feedback: Así nadie te ayuda.", "feedback: No.\n    correct: true", -5, "hay 2"),
    "none_correct": (LESSON, "    correct: true\n", "", -3, "hay 0"),
    "repeated_check": ("lessons/m2-l1.md", "key: m2-l1-p1", "key: m1-l1-p1", -1, "ya se usa en lessons/m1-l1.md"),
    "html": (LESSON, "Pones el interés", "<b>Pones</b> el interés", 0, "no admite HTML"),
    "html_further_down": (LESSON, "- Avisa a tiempo.", "- <i>Avisa</i> a tiempo.", 0, "no admite HTML"),
    "html_in_a_block": (LESSON, "text: Si dudas, pregunta.", "text: <p>Pregunta</p>", 0, "no admite HTML"),
    "table": (LESSON, "- Avisa a tiempo.", "| a | b |", 0, "no admite tablas"),
    "image_in_text": (LESSON, "- Avisa a tiempo.", "![foto](foto.png)", 0, "un bloque image"),
    "big_heading": (LESSON, "## Qué hago ahora", "# Qué hago ahora", 0, "títulos de nivel 2 y 3"),
    "italics": (LESSON, "**primero**", "*primero*", 0, "no admite cursivas"),
    "two_paragraphs_in_an_item": (LESSON, "- Avisa a tiempo.", "- Avisa.\n\n  A tiempo.", 2, "más de un párrafo"),
    "image_not_there": (LESSON, "::: plain\ntext: Si dudas, pregunta.", "::: image\nfile: no.png\nalt: x", 1, "no existe"),
    "path_out_of_media": (
        LESSON, "::: plain\ntext: Si dudas, pregunta.", "::: image\nfile: ../course.yaml\nalt: x", 1, "no existe media/",
    ),
    "video_not_there": (
        LESSON, "::: plain\ntext: Si dudas, pregunta.",
        "::: video\ntitle: x\nfile: no.mp4\ncaptions: no.vtt\ntranscript: x", 2, "file: no existe media/no.mp4",
    ),
    "dilemma_circle": (DILEMMA, "outcome: Queda escrito.", "outcome: x\n        next: uno", None, "no termina"),
    "dilemma_unreachable": (DILEMMA, "        next: dos\n", "", None, "No se llega nunca a la escena «dos»"),
    "dilemma_missing_next": (DILEMMA, "next: dos", "next: tres", None, "lleva a «tres», que no existe"),
    "dilemma_start": (DILEMMA, "start: uno", "start: cero", 1, "La primera escena «cero» no existe"),
    "dilemma_same_scene": (DILEMMA, "key: dos", "key: uno", None, "dos escenas con la misma clave"),
    "dilemma_same_choice": (DILEMMA, "- key: b", "- key: a", None, "repite la clave de una decisión"),
    "dilemma_law": (DILEMMA, "law: ley-20880", "law: ley-1", 0, "«ley-1» no está en laws.yaml"),
    "dilemma_topic": (DILEMMA, "topic: regalos", "topic: flores", 0, "no es un tema conocido"),
    "dilemma_tone": (DILEMMA, "tone: cost", "tone: regular", 0, "no admite el valor 'regular'"),
    "dilemma_code": (DILEMMA, "code: la-caja", "code: la-bolsa", 0, "debe ser «la-caja»"),
    "dilemma_html": (DILEMMA, "text: Llega **Rubén**.", "text: <b>Rubén</b>", 0, "no admite HTML"),
    "question_without_source": (QUESTIONS, "    note: Sistema de integridad\n", "    article: x\n", -1, "di la fuente"),
    "question_law": (QUESTIONS, "law: ley-18575", "law: ley-1", -1, "«ley-1» no está en laws.yaml"),
    "question_review": (QUESTIONS, "review: m1-l1", "review: m9-l9", 0, "la lección «m9-l9» no existe"),
    "question_competence": (QUESTIONS, "competence: INT-1", "competence: INT-9", 0, "no es del curso"),
    "question_two_correct": (QUESTIONS, "feedback: Tampoco.", "feedback: x\n      correct: true", -7, "Marca exactamente una alternativa correcta."),
    "question_all_correct": (QUESTIONS, "feedback: No.", "feedback: x\n      correct: true", -8, "Marca dos o más correctas"),
    "question_same_key": (QUESTIONS, "key: p2", "key: p1", 0, "«p1» se repite"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_told_with_its_line(folder: Path, case: str) -> None:
    name, old, new, after, words = BROKEN[case]
    line = edit(folder, name, old, new)
    told = problems_of(folder)
    where = f"{name}:" if after is None else f"{name}:{line + after}: "
    assert [text for text in told if text.startswith(where) and words in text], told


def test_all_problems_of_a_pack_are_told_at_once(folder: Path) -> None:
    edit(folder, LESSON, "law: ley-18575", "law: ley-1")
    edit(folder, DILEMMA, "topic: regalos", "topic: flores")
    edit(folder, QUESTIONS, "review: m1-l1", "review: m9-l9")
    assert [text.split(":")[0] for text in problems_of(folder)] == [DILEMMA, LESSON, QUESTIONS]


def test_an_open_block_is_told_where_it_opens(folder: Path) -> None:
    path = folder / "lessons/m2-l1.md"
    path.write_text(path.read_text().removesuffix(":::\n"))
    line = path.read_text().split("\n").index("::: check") + 1
    assert f"lessons/m2-l1.md:{line}: El bloque «check» no se cierra con «:::»." in problems_of(folder)


@pytest.mark.parametrize(
    ("text", "words"),
    [("Hola", "empieza con «---»"), ("---\ncode: m2-l1\n", "cierra los datos"), ("", "empieza con «---»")],
)
def test_a_lesson_without_head_is_told(folder: Path, text: str, words: str) -> None:
    (folder / "lessons/m2-l1.md").write_text(text)
    assert problems_of(folder)[0].startswith("lessons/m2-l1.md:1: ")
    assert words in problems_of(folder)[0]


@pytest.mark.parametrize("name", ["course.yaml", LESSON, QUESTIONS])
@pytest.mark.parametrize("encoding", ["windows-1252", "utf-16", "utf-16-le"])
def test_another_encoding_is_told(folder: Path, name: str, encoding: str) -> None:
    path = folder / name
    path.write_bytes(path.read_text().replace("N°", "Nº").encode(encoding))
    assert [text for text in problems_of(folder) if text.startswith(f"{name}:1: ") and "UTF-8" in text]


def test_a_byte_order_mark_is_accepted(folder: Path) -> None:
    for path in folder.rglob("*.*"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read_pack(folder).manifest.code == "paquete"


def test_lines_that_end_as_in_windows_are_accepted(folder: Path) -> None:
    before = read_pack(folder)
    for path in folder.rglob("*.*"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    after = read_pack(folder)
    assert [s.entry for s in after.lessons["m1-l1"].sections] == [
        s.entry for s in before.lessons["m1-l1"].sections
    ]
    assert after.questions == before.questions


@pytest.mark.parametrize("name", ["pack.yaml", "course.yaml", "laws.yaml", LESSON])
def test_a_missing_file_is_told(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert f"{name}:1: El archivo no existe." in problems_of(folder)


@pytest.mark.parametrize("name", ["pack.yaml", "course.yaml", "laws.yaml", DILEMMA, QUESTIONS])
def test_an_empty_file_is_told(folder: Path, name: str) -> None:
    (folder / name).write_text(" \n")
    assert f"{name}:1: El archivo está vacío." in problems_of(folder)


def test_a_folder_in_place_of_a_file_is_told(folder: Path) -> None:
    (folder / "laws.yaml").unlink()
    (folder / "laws.yaml").mkdir()
    assert "laws.yaml:1: El archivo no se puede leer." in problems_of(folder)


def test_a_missing_folder_of_lessons_is_told_file_by_file(folder: Path) -> None:
    for path in (folder / "lessons").iterdir():
        path.unlink()
    (folder / "lessons").rmdir()
    missing = [text for text in problems_of(folder) if "no existe" in text and text.startswith("lessons/")]
    assert len(missing) == 3


@pytest.mark.parametrize("address", ["../fuera.yaml", "/etc/hostname", "lessons/../../fuera.yaml"])
def test_a_file_outside_the_pack_is_not_read(folder: Path, address: str) -> None:
    (folder.parent / "fuera.yaml").write_text("secreto: 1")
    edit(folder, "pack.yaml", "course: course.yaml", f"course: {address}")
    assert problems_of(folder) == [f"{address}:1: El archivo está fuera del paquete."]


def test_a_link_out_of_the_pack_is_not_followed(folder: Path) -> None:
    (folder.parent / "fuera.yaml").write_text("secreto: 1")
    (folder / "laws.yaml").unlink()
    (folder / "laws.yaml").symlink_to(folder.parent / "fuera.yaml")
    assert "laws.yaml:1: El archivo está fuera del paquete." in problems_of(folder)


@pytest.mark.parametrize(
    ("name", "block", "words"),
    [
        (
            "foto.svg",
            "::: image\nfile: foto.svg\nalt: Una foto",
            "debe terminar en .gif, .jpeg, .jpg, .png, .webp",
        ),
        ("foto.png", "::: image\nfile: foto.png", "describe la imagen"),
        ("video.avi", "::: video\ntitle: x\nfile: video.avi\ncaptions: video.avi\ntranscript: x", ".mp4"),
    ],
)
def test_a_media_file_must_fit_its_block(folder: Path, name: str, block: str, words: str) -> None:
    (folder / "media").mkdir()
    (folder / "media" / name).write_bytes(b"x")
    edit(folder, LESSON, "::: plain\ntext: Si dudas, pregunta.", block)
    assert words in problems_of(folder)[0]


def test_a_lesson_without_practice_question_is_told(folder: Path) -> None:
    path = folder / "lessons/m2-l1.md"
    path.write_text(path.read_text().split("::: check")[0])
    assert problems_of(folder) == ["lessons/m2-l1.md:1: La lección no tiene ninguna pregunta (bloque check)."]


def test_hard_words_are_a_warning_and_no_error(folder: Path) -> None:
    hard = (
        "Consecuentemente, corresponde institucionalizar procedimientos administrativos interdisciplinarios. "
        * 9
    )
    edit(folder, "lessons/m2-l1.md", "Anota tres pasos.", hard)
    warnings = [str(warning) for warning in read_pack(folder).warnings]
    assert len(warnings) == 1
    assert warnings[0].startswith("lessons/m2-l1.md:1: La lección es muy difícil de leer: INFLESZ")


def test_quoted_law_does_not_count_as_our_words(folder: Path) -> None:
    hard = (
        "Consecuentemente, corresponde institucionalizar procedimientos administrativos interdisciplinarios. "
        * 9
    )
    edit(folder, LESSON, "  Primera línea.", f"  {hard}")
    assert read_pack(folder).warnings == []


@pytest.mark.parametrize("name", ["no-existe", "", "no/existe", "../packs", "course.yaml", "a\x00b"])
def test_an_unknown_pack_names_the_known_ones(name: str) -> None:
    with pytest.raises(FileNotFoundError, match="integridad-publica") as caught:
        find_folder(name)
    assert "plan-chile-4" in str(caught.value)


def test_a_pack_of_ours_is_known_by_name() -> None:
    assert (find_folder("integridad-publica") / "pack.yaml").is_file()


def test_any_folder_can_be_a_pack(folder: Path) -> None:
    assert find_folder(str(folder)) == folder
