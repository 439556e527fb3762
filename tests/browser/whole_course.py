"""What an author fills in for a course with every block and every kind of question."""

from pathlib import Path
from typing import Any

from PIL import Image

from courses.quizzes.rules import QuestionKind
from tests.browser.editor import Chosen, Piece, Uploaded

COMPETENCE = "Actuar con probidad"
GIFT, WARN = "Lo devuelvo y aviso", "Primero se devuelve y se avisa."


def draw_picture(folder: Path, color: str = "white") -> Path:
    """A plain picture, as a scanner would make it."""
    file = folder / f"{color}.png"
    Image.new("RGB", (640, 400), color).save(file)
    return file


def write_files(folder: Path) -> dict[str, Path]:
    """A picture, a film of no length, its captions and a sheet to keep."""
    contents = {
        "video": ("caso.mp4", b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"),
        "captions": ("caso.vtt", b"WEBVTT\n\n00:00.000 --> 00:02.000\nLlega una caja.\n"),
        "document": ("pauta.txt", b"Antes de aceptar, pregunta."),
    }
    files = {"image": draw_picture(folder)}
    for name, (file, content) in contents.items():
        files[name] = folder / file
        files[name].write_bytes(content)
    return files


def options(*texts: str, right: int = 1) -> list[dict[str, Any]]:
    """The first ``right`` of them are correct."""
    return [{"text": text, "correct": place < right, "feedback": WARN} for place, text in enumerate(texts)]


def lesson_body(files: dict[str, Path]) -> list[Piece]:
    """One of each block, in the order of the menu."""
    topic = "Regalos e invitaciones"
    decision = {
        "outcome": "La jefatura lo agradece.",
        "effects": [
            {"who": "Para ti", "tone": "Bueno", "label": "Tranquila", "text": "No debes nada a nadie."}
        ],
    }
    scene = {
        "heading": "Llega una caja",
        "text": "Un proveedor deja una caja en el mesón.",
        "dialogue": [{"who": "Proveedor", "says": "Es un detalle."}],
        "question": "¿Qué haces?",
        "choices": [decision | {"text": "La devuelvo."}, decision | {"text": "La comparto."}],
    }
    return [
        Piece("Texto", {"text": "La función pública sirve a todas las personas."}),
        Piece("En simple", {"text": "Un regalo puede comprometer tu decisión."}),
        Piece(
            "Lo que dice la ley",
            {
                "law": Chosen("Ley N° 20.880"),
                "article": "Artículo 1",
                "version": "2024-01-05",
                "summary": "Quien ejerce una función pública actúa con probidad.",
            },
        ),
        Piece(
            "Código de ética de la institución",
            {"topic": topic, "fallback": "En general no se aceptan regalos.", "acknowledge": True},
        ),
        Piece("A quién pregunto y dónde denuncio", {"intro": "Si dudas, pregunta."}),
        Piece("Un ejemplo de aquí", {"topic": topic, "fallback": "Llegó un vino y volvió a su remitente."}),
        Piece(
            "Pregunta de práctica",
            {"stem": "Llega un vino. ¿Qué haces?", "options": options(GIFT, "Lo abro")},
        ),
        Piece(
            "Dilema",
            {
                "title": "La caja del mesón",
                "summary": "Un regalo que nadie pidió.",
                "topic": topic,
                "stakeholders": [{"name": "Tú", "stake": "Tu confianza."}],
                "scenes": [scene],
                "reflection": "¿A quién sirve lo que haces?",
                "closing": "Devolver y avisar.",
            },
        ),
        Piece("Glosario", {"term": "Obsequio", "definition": "Lo que se da sin recibir pago."}),
        Piece(
            "Imagen",
            {
                "image": Uploaded("Plano del mesón", files["image"]),
                "alt": "El mesón de atención, visto de arriba.",
            },
        ),
        Piece(
            "Video",
            {
                "title": "Un caso en dos segundos",
                "video": Uploaded("Caso", files["video"]),
                "captions": Uploaded("Subtítulos del caso", files["captions"]),
                "transcript": "Llega una caja.",
            },
        ),
        Piece(
            "Documento", {"document": Uploaded("Pauta", files["document"]), "title": "Pauta de una página"}
        ),
    ]


def _area(label: str, left: int, *, correct: bool) -> dict[str, Any]:
    return {"label": label, "x": left, "y": 10, "width": 20, "height": 20, "correct": correct}


def questions(picture: Path) -> dict[QuestionKind, Piece]:
    """One of each kind, as its form asks for it."""
    two = options(GIFT, "Lo abro")
    number = {"value": "10", "tolerance": "0", "units": [{"name": "días", "factor": "1"}]}
    word = {"variants": [{"text": "probidad", "percent": "100"}], "feedback_wrong": WARN}
    return {
        QuestionKind.SINGLE: Piece("Una respuesta", {"options": two}),
        QuestionKind.MULTIPLE: Piece(
            "Varias respuestas", {"options": options("Aviso", "Devuelvo", "Lo abro", right=2)}
        ),
        QuestionKind.TRUE_FALSE: Piece(
            "Verdadero o falso, y por qué",
            {"is_true": "Verdadera", "reasons": two, "feedback_true": WARN, "feedback_false": WARN},
        ),
        QuestionKind.MATCHING: Piece(
            "Unir pares",
            {"pairs": [{"left": "Regalo", "right": "Devolver"}, {"left": "Duda", "right": "Preguntar"}]},
        ),
        QuestionKind.ORDERING: Piece("Ordenar", {"items": ["Preguntar", "Decidir", "Contar"]}),
        QuestionKind.NUMERIC: Piece("Número", number | {"feedback_wrong": WARN}),
        QuestionKind.SHORT_TEXT: Piece("Texto corto", word),
        QuestionKind.JUDGEMENT: Piece(
            "Dilema con consecuencias",
            {
                "ways": [
                    {"text": "Pregunto antes", "percent": "100", "consequence": "Nadie se incomoda."},
                    {"text": "Lo dejo pasar", "percent": "0", "consequence": "Se repite."},
                ]
            },
        ),
        QuestionKind.CLOZE: Piece(
            "Completar el texto",
            {
                "text": "La {{1}} manda {{2}}.",
                "gaps": [
                    Piece("Se escribe una palabra", word),
                    Piece("Se elige de una lista", {"options": options("devolver", "guardar")}),
                ],
            },
        ),
        QuestionKind.HOTSPOT: Piece(
            "Señalar en una imagen",
            {
                "image": Uploaded("Mesón", picture),
                "alt": "El mesón de atención, visto de arriba.",
                "areas": [_area("Puerta", 5, correct=True), _area("Ventana", 60, correct=False)],
            },
        ),
        QuestionKind.CASE: Piece(
            "Caso con varias preguntas",
            {
                "parts": [
                    {"stem": "¿Cuántos días hay?", "answer": [Piece("Número", number)]},
                    {"stem": "¿Qué haces?", "answer": [Piece("Una respuesta", {"options": two})]},
                ]
            },
        ),
        QuestionKind.OPEN: Piece(
            "Respuesta abierta",
            {
                "words": "60",
                "criteria": [
                    {
                        "name": "Dice a quién avisa",
                        "levels": [
                            {"points": "0", "text": "No lo dice"},
                            {"points": "2", "text": "Lo dice"},
                        ],
                    }
                ],
            },
        ),
    }


RIGHT: dict[QuestionKind, Any] = {
    QuestionKind.SINGLE: [0],
    QuestionKind.MULTIPLE: [0, 1],
    QuestionKind.TRUE_FALSE: {"truth": True, "reason": 0},
    QuestionKind.MATCHING: [0, 1],
    QuestionKind.ORDERING: [0, 1, 2],
    QuestionKind.NUMERIC: {"text": "10", "unit": 0},
    QuestionKind.SHORT_TEXT: "probidad",
    QuestionKind.JUDGEMENT: [0],
    QuestionKind.CLOZE: ["probidad", [0]],
    QuestionKind.HOTSPOT: [0],
    QuestionKind.CASE: [{"text": "10", "unit": 0}, [0]],
    QuestionKind.OPEN: "Lo devuelvo y aviso a mi jefatura.",
}
"""The right answer to each, as the rules of its kind keep it."""
