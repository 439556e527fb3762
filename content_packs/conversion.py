"""From a pack's shapes to raw StreamField data, and back. Law and media ids come in as maps."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from content_packs.manifest import (
    CaseLawEntry,
    ChannelsSection,
    CheckSection,
    CodeSection,
    DilemmaFile,
    DilemmaSection,
    DocumentSection,
    GlossarySection,
    ImageSection,
    LawSection,
    OptionEntry,
    PlainSection,
    ReminderEntry,
    Shape,
    VideoSection,
)
from content_packs.markdown import to_html, unwrap
from content_packs.rich_text import to_markdown
from content_packs.sections import LessonFile
from courses.models import Law

Raw = dict[str, Any]


def law_version(law: Law | None) -> str | None:
    """The date of the text that the card was written from."""
    return law.version.isoformat() if law and law.version else None


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
    if isinstance(entry, ChannelsSection):
        return {"intro": to_html(entry.intro) if entry.intro else ""}
    if isinstance(entry, GlossarySection):
        return {"term": entry.term, "definition": to_html(entry.definition)}
    if isinstance(entry, CheckSection):
        return {"key": entry.key, "stem": unwrap(entry.stem),
                "options": _items(_option(o) for o in entry.options)}  # fmt: skip
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


def _items(values: Any) -> list[Raw]:
    """Members of a ListBlock. Without ids Wagtail takes them for its older format and loses them."""
    return [{"type": "item", "value": value, "id": str(uuid.uuid4())} for value in values]


def _option(option: OptionEntry) -> Raw:
    return {"text": unwrap(option.text), "correct": option.correct, "feedback": unwrap(option.feedback)}


def dilemma_to_raw(dilemma: DilemmaFile, *, laws: Mapping[str, Law]) -> Raw:
    """A dilemma file as the value of a dilemma block."""
    reminder, case = dilemma.reminder, dilemma.law
    case_law = laws.get(case.law) if case else None
    return {
        "code": dilemma.code,
        "title": dilemma.title,
        "summary": unwrap(dilemma.summary),
        "topic": dilemma.topic,
        "activity_minutes": dilemma.activity_minutes,
        "stakeholders": _items({"name": s.name, "stake": unwrap(s.stake)} for s in dilemma.stakeholders),
        "reminder_law": laws[reminder.law].pk if reminder and reminder.law else None,
        "reminder_article": reminder.article if reminder else "",
        "reminder_text": unwrap(reminder.text) if reminder else "",
        "start": dilemma.start,
        "scenes": _items(
            {
                "key": scene.key,
                "heading": scene.heading,
                "text": to_html(scene.text),
                "dialogue": _items({"who": d.who, "says": unwrap(d.says)} for d in scene.dialogue),
                "question": scene.question,
                "choices": _items(
                    {
                        "key": choice.key,
                        "text": unwrap(choice.text),
                        "recap": choice.recap,
                        "outcome": unwrap(choice.outcome),
                        "effects": _items(
                            {"who": e.who, "tone": e.tone, "label": e.label, "text": unwrap(e.text)}
                            for e in choice.effects
                        ),
                        "next": choice.next,
                    }
                    for choice in scene.choices
                ),
            }
            for scene in dilemma.scenes
        ),
        "reflection": unwrap(dilemma.reflection),
        "closing": to_html(dilemma.closing),
        "law": case_law.pk if case_law else None,
        "law_article": case.article if case else "",
        "law_version": law_version(case_law),
        "law_summary": to_html(case.summary) if case else "",
    }


def _each(items: list[Raw]) -> list[Raw]:
    return [item["value"] for item in items]


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
    if kind == "channels":
        return ChannelsSection(intro=to_markdown(value["intro"]))
    if kind == "glossary":
        return GlossarySection(term=value["term"], definition=to_markdown(value["definition"]))
    if kind == "check":
        return CheckSection(key=value["key"], stem=value["stem"], options=[
            OptionEntry(text=o["text"], feedback=o["feedback"], correct=bool(o["correct"]))
            for o in _each(value["options"])
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


def raw_to_dilemma(value: Raw, *, law_keys: Mapping[int, str]) -> DilemmaFile:
    """The value of a dilemma block as a dilemma file."""
    from_raw: dict[str, Any] = {
        "code": value["code"],
        "title": value["title"],
        "summary": value["summary"],
        "topic": value["topic"],
        "activity_minutes": value["activity_minutes"],
        "stakeholders": [{"name": s["name"], "stake": s["stake"]} for s in _each(value["stakeholders"])],
        "start": value["start"],
        "scenes": [
            {
                "key": s["key"],
                "heading": s["heading"],
                "text": to_markdown(s["text"]),
                "dialogue": [{"who": d["who"], "says": d["says"]} for d in _each(s["dialogue"])],
                "question": s["question"],
                "choices": [
                    {
                        "key": c["key"], "text": c["text"], "recap": c["recap"], "outcome": c["outcome"],
                        "effects": [
                            {"who": e["who"], "tone": e["tone"], "label": e["label"], "text": e["text"]}
                            for e in _each(c["effects"])
                        ],
                        "next": c["next"] or "",
                    }
                    for c in _each(s["choices"])
                ],
            }
            for s in _each(value["scenes"])
        ],
        "reflection": value["reflection"],
        "closing": to_markdown(value["closing"]),
    }  # fmt: skip
    dilemma = msgspec.convert(from_raw, DilemmaFile)
    if value["reminder_text"]:
        dilemma.reminder = ReminderEntry(
            text=value["reminder_text"],
            law=law_keys.get(value["reminder_law"], ""),
            article=value["reminder_article"],
        )
    if value["law"]:
        dilemma.law = CaseLawEntry(
            law=law_keys[value["law"]],
            article=value["law_article"],
            summary=to_markdown(value["law_summary"]),
        )
    return dilemma
