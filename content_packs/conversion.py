"""From a pack's shapes to raw StreamField data, and back. Law and media ids come in as maps."""

import uuid
from collections.abc import Callable, Mapping

from content_packs.dilemmas import dilemma_to_raw, raw_to_dilemma
from content_packs.manifest import (
    ChannelsSection,
    CheckSection,
    CodeSection,
    DilemmaFile,
    DilemmaSection,
    DocumentSection,
    GlossarySection,
    ImageSection,
    LawSection,
    LocalExampleSection,
    OptionEntry,
    PlainSection,
    Shape,
    VideoSection,
)
from content_packs.markdown import to_html, unwrap
from content_packs.raw import Raw, each, items, law_version
from content_packs.rich_text import to_markdown
from content_packs.sections import LessonFile
from courses.models import Law


def lesson_to_raw(
    lesson: LessonFile,
    *,
    laws: Mapping[str, Law],
    dilemmas: Mapping[str, DilemmaFile],
    media: Callable[[str, str], int],
) -> list[Raw]:
    """The raw StreamField data of a lesson. ``media(kind, name)`` gives the id of an installed file."""
    raw: list[Raw] = []
    for section in lesson.sections:
        if section.kind == "text":
            raw.append(_block("text", {"text": to_html(section.text)}))
        elif section.entry is not None:
            raw.append(_block(section.kind, _value(section.entry, laws, dilemmas, media)))
    return raw


def _block(kind: str, value: Raw) -> Raw:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def _value(
    entry: Shape,
    laws: Mapping[str, Law],
    dilemmas: Mapping[str, DilemmaFile],
    media: Callable[[str, str], int],
) -> Raw:
    if isinstance(entry, LawSection):
        law = laws[entry.law]
        return {"law": law.pk, "article": entry.article, "version": law_version(law),
                "summary": to_html(entry.summary), "quote": unwrap(entry.quote)}  # fmt: skip
    if isinstance(entry, PlainSection):
        return {"text": to_html(entry.text)}
    if isinstance(entry, CodeSection):
        return {"topic": entry.topic, "fallback": to_html(entry.fallback), "acknowledge": entry.acknowledge}
    if isinstance(entry, LocalExampleSection):
        return {"topic": entry.topic, "fallback": to_html(entry.fallback)}
    if isinstance(entry, ChannelsSection):
        return {"intro": to_html(entry.intro) if entry.intro else ""}
    if isinstance(entry, GlossarySection):
        return {"term": entry.term, "definition": to_html(entry.definition)}
    if isinstance(entry, CheckSection):
        return {"key": entry.key, "stem": unwrap(entry.stem),
                "options": items(_option(o) for o in entry.options)}  # fmt: skip
    if isinstance(entry, DilemmaSection):
        return dilemma_to_raw(dilemmas[entry.code], laws=laws)
    if isinstance(entry, ImageSection):
        return {"image": media("image", entry.file), "alt": entry.alt, "decorative": entry.decorative,
                "caption": entry.caption}  # fmt: skip
    if isinstance(entry, VideoSection):
        return {"title": entry.title, "video": media("document", entry.file),
                "captions": media("document", entry.captions),
                "transcript": to_html(entry.transcript), "duration": entry.duration}  # fmt: skip
    if isinstance(entry, DocumentSection):
        return {"document": media("document", entry.file), "title": entry.title}
    raise TypeError(type(entry).__name__)


def _option(option: OptionEntry) -> Raw:
    return {"text": unwrap(option.text), "correct": option.correct, "feedback": unwrap(option.feedback)}


def raw_to_sections(
    raw: list[Raw], *, law_keys: Mapping[int, str], media: Callable[[str, int], str]
) -> tuple[list[tuple[str, str | Shape]], list[DilemmaFile]]:
    """A lesson's raw data as sections to write, and the dilemmas it holds. The inverse of the above."""
    sections: list[tuple[str, str | Shape]] = []
    dilemmas: list[DilemmaFile] = []
    for kind, value in _join_texts(raw):
        if kind == "text":
            sections.append(("text", to_markdown(value["text"])))
        elif kind == "dilemma":
            dilemmas.append(raw_to_dilemma(value, law_keys=law_keys))
            sections.append(("dilemma", DilemmaSection(code=value["code"])))
        else:
            sections.append((kind, _shape(kind, value, law_keys, media)))
    return sections, dilemmas


def _join_texts(raw: list[Raw]) -> list[tuple[str, Raw]]:
    """Text blocks in a row as one: nothing in a file would tell them apart."""
    joined: list[tuple[str, Raw]] = []
    for block in raw:
        kind, value = block["type"], block["value"]
        if kind == "text" and joined and joined[-1][0] == "text":
            value = {"text": joined.pop()[1]["text"] + value["text"]}
        joined.append((kind, value))
    return joined


def _shape(kind: str, value: Raw, law_keys: Mapping[int, str], media: Callable[[str, int], str]) -> Shape:
    if kind == "law":
        return LawSection(law=law_keys[value["law"]], article=value["article"],
                          summary=to_markdown(value["summary"]), quote=value["quote"])  # fmt: skip
    if kind == "plain":
        return PlainSection(text=to_markdown(value["text"]))
    if kind == "code_of_ethics":
        return CodeSection(topic=value["topic"], fallback=to_markdown(value["fallback"]),
                           acknowledge=bool(value["acknowledge"]))  # fmt: skip
    if kind == "local_example":
        return LocalExampleSection(topic=value["topic"], fallback=to_markdown(value["fallback"]))
    if kind == "channels":
        return ChannelsSection(intro=to_markdown(value["intro"]))
    if kind == "glossary":
        return GlossarySection(term=value["term"], definition=to_markdown(value["definition"]))
    if kind == "check":
        return CheckSection(key=value["key"], stem=value["stem"], options=[
            OptionEntry(text=o["text"], feedback=o["feedback"], correct=bool(o["correct"]))
            for o in each(value["options"])
        ])  # fmt: skip
    if kind == "image":
        return ImageSection(file=media("image", value["image"]), alt=value["alt"],
                            decorative=bool(value["decorative"]), caption=value["caption"])  # fmt: skip
    if kind == "video":
        return VideoSection(title=value["title"], file=media("document", value["video"]),
                            captions=media("document", value["captions"]),
                            transcript=to_markdown(value["transcript"]),
                            duration=value["duration"])  # fmt: skip
    return DocumentSection(file=media("document", value["document"]), title=value["title"])
