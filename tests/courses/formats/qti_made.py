"""QTI packages and items for the tests: the sample folders, and small ones made here."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from courses.quizzes.formats.base import ReadFile, ReadQuestion, RefusedQuestion
from courses.quizzes.formats.qti import read_qti

SAMPLES = Path(__file__).parent / "samples" / "qti"
TEMPLATES = "http://www.imsglobal.org/question/qti_v2p1/rptemplates"


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def sample(name: str) -> bytes:
    """A folder of ``samples/qti`` as a package."""
    root = SAMPLES / name
    return zipped({p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*.xml"))})


def unzipped(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def manifest(*names: str, kind: str = "imsqti_item_xmlv2p1") -> str:
    resources = "".join(
        f'<resource identifier="r{n}" type="{kind}" href="{name}"/>' for n, name in enumerate(names)
    )
    return f'<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><resources>{resources}</resources></manifest>'


def item(
    body: str,
    *,
    declared: str = "",
    rules: str = "",
    template: str = "",
    identifier: str = "p-1",
    after: str = "",
) -> bytes:
    """A QTI 2.1 item; ``rules`` or ``template`` are its response processing."""
    if template:
        rules = f'<responseProcessing template="{TEMPLATES}/{template}"/>'
    elif rules:
        rules = f"<responseProcessing>{rules}</responseProcessing>"
    return (
        '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" title="Un título" '
        f'identifier="{identifier}">{declared}<itemBody>{body}</itemBody>{rules}{after}</assessmentItem>'
    ).encode()


def response(
    *correct: str, name: str = "R", cardinality: str = "single", base: str = "identifier", mapping: str = ""
) -> str:
    values = "".join(f"<value>{value}</value>" for value in correct)
    key = f"<correctResponse>{values}</correctResponse>" if correct else ""
    return (
        f'<responseDeclaration identifier="{name}" cardinality="{cardinality}" baseType="{base}">'
        f"{key}{mapping}</responseDeclaration>"
    )


def mapping(*entries: tuple[str, float], case: str = "", **limits: float) -> str:
    sensitive = f' caseSensitive="{case}"' if case else ""
    rows = "".join(f'<mapEntry mapKey="{key}" mappedValue="{value}"{sensitive}/>' for key, value in entries)
    said = "".join(f' {name}="{value}"' for name, value in limits.items())
    return f'<mapping defaultValue="0"{said}>{rows}</mapping>'


def choice(
    *texts: str, name: str = "R", more: str = 'shuffle="true" maxChoices="1"', prompt: str = "¿Cuál?"
) -> str:
    """Choices A, B, C … of these texts."""
    rows = "".join(
        f'<simpleChoice identifier="{chr(65 + number)}">{text}</simpleChoice>'
        for number, text in enumerate(texts)
    )
    asked = f"<prompt>{prompt}</prompt>" if prompt else ""
    return f'<choiceInteraction responseIdentifier="{name}" {more}>{asked}{rows}</choiceInteraction>'


def condition(test: str, points: float | None = 1, *, outcome: str = "SCORE", value: str = "") -> str:
    base = value or f'<baseValue baseType="float">{points}</baseValue>'
    return (
        f'<responseCondition><responseIf>{test}<setOutcomeValue identifier="{outcome}">{base}'
        "</setOutcomeValue></responseIf></responseCondition>"
    )


def read_one(data: bytes) -> ReadQuestion:
    """The only question of a file."""
    file = read_qti(data)
    assert file.refused == []
    [question] = file.questions
    return question


def refused_one(data: bytes) -> RefusedQuestion:
    """The only one of a file, refused."""
    file: ReadFile = read_qti(data)
    assert file.questions == []
    [refused] = file.refused
    return refused
