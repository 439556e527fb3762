"""A dilemma from a pack's file to the raw value of its block, and back."""

from collections.abc import Mapping
from typing import Any

import msgspec

from content_packs.manifest import CaseLawEntry, DilemmaFile, EchoEntry, ReminderEntry
from content_packs.markdown import to_html, unwrap
from content_packs.raw import Raw, each, items, law_version
from content_packs.rich_text import to_markdown
from courses.models import Law


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
        "stakeholders": items({"name": s.name, "stake": unwrap(s.stake)} for s in dilemma.stakeholders),
        "roles": items(
            {"key": role.key, "name": role.name, "text": unwrap(role.text), "start": role.start}
            for role in dilemma.roles
        ),
        "reminder_law": laws[reminder.law].pk if reminder and reminder.law else None,
        "reminder_article": reminder.article if reminder else "",
        "reminder_text": unwrap(reminder.text) if reminder else "",
        "start": dilemma.start,
        "scenes": items(
            {
                "key": scene.key,
                "heading": scene.heading,
                "text": to_html(scene.text),
                "dialogue": items({"who": d.who, "says": unwrap(d.says)} for d in scene.dialogue),
                "echoes": _echoes_to_raw(scene.echoes),
                "question": scene.question,
                "choices": items(
                    {
                        "key": choice.key,
                        "text": unwrap(choice.text),
                        "recap": choice.recap,
                        "outcome": unwrap(choice.outcome),
                        "effects": items(
                            {"who": e.who, "tone": e.tone, "label": e.label, "text": unwrap(e.text)}
                            for e in choice.effects
                        ),
                        "lesson": unwrap(choice.lesson),
                        "next": choice.next,
                    }
                    for choice in scene.choices
                ),
            }
            for scene in dilemma.scenes
        ),
        "epilogue": _echoes_to_raw(dilemma.epilogue),
        "reflection": unwrap(dilemma.reflection),
        "closing": to_html(dilemma.closing),
        "law": case_law.pk if case_law else None,
        "law_article": case.article if case else "",
        "law_version": law_version(case_law),
        "law_summary": to_html(case.summary) if case else "",
    }


def raw_to_dilemma(value: Raw, *, law_keys: Mapping[int, str]) -> DilemmaFile:
    """The value of a dilemma block as a dilemma file."""
    from_raw: dict[str, Any] = {
        "code": value["code"],
        "title": value["title"],
        "summary": value["summary"],
        "topic": value["topic"],
        "activity_minutes": value["activity_minutes"],
        "stakeholders": [{"name": s["name"], "stake": s["stake"]} for s in each(value["stakeholders"])],
        "roles": [
            {"key": r["key"], "name": r["name"], "text": r["text"], "start": r["start"] or ""}
            for r in each(value.get("roles", []))
        ],
        "start": value["start"],
        "scenes": [
            {
                "key": s["key"],
                "heading": s["heading"],
                "text": to_markdown(s["text"]),
                "dialogue": [{"who": d["who"], "says": d["says"]} for d in each(s["dialogue"])],
                "echoes": _raw_to_echoes(s),
                "question": s["question"],
                "choices": [
                    {
                        "key": c["key"], "text": c["text"], "recap": c["recap"], "outcome": c["outcome"],
                        "effects": [
                            {"who": e["who"], "tone": e["tone"], "label": e["label"], "text": e["text"]}
                            for e in each(c["effects"])
                        ],
                        "lesson": c.get("lesson", ""),
                        "next": c["next"] or "",
                    }
                    for c in each(s["choices"])
                ],
            }
            for s in each(value["scenes"])
        ],
        "epilogue": _raw_to_echoes(value, "epilogue"),
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


def _echoes_to_raw(echoes: list[EchoEntry]) -> list[Raw]:
    return items({"after": echo.after, "text": unwrap(echo.text)} for echo in echoes)


def _raw_to_echoes(value: Raw, name: str = "echoes") -> list[dict[str, str]]:
    """None in what was written before decisions could come back."""
    return [{"after": e["after"], "text": e["text"]} for e in each(value.get(name, []))]
