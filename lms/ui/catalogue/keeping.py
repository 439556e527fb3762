"""The catalogue of a language: a .po that people edit and the .mo that Django reads, made of it."""

from pathlib import Path

import polib

from lms.ui.catalogue.finding import Message

METADATA = {
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "en",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


class TwoKindsError(ValueError):
    """The same text is said once with and once without plural: a catalogue cannot hold both."""


def read_catalogue(path: Path) -> polib.POFile:
    """The catalogue, empty where there is none."""
    catalogue = polib.pofile(str(path)) if path.exists() else polib.POFile(wrapwidth=0)
    catalogue.wrapwidth = 0
    catalogue.metadata = METADATA
    return catalogue


def update_catalogue(catalogue: polib.POFile, found: dict[Message, list[str]]) -> polib.POFile:
    """The catalogue of exactly what was found, by file; what was translated stays.

    Raises:
        TwoKindsError: see there.
    """
    known = {_message(entry): entry for entry in catalogue}
    updated = polib.POFile(wrapwidth=0)
    updated.metadata = METADATA
    seen: set[tuple[str, str]] = set()
    for message, files in sorted(found.items(), key=lambda item: (item[1][0], item[0])):
        if (message.text, message.context) in seen:
            raise TwoKindsError(message.text)
        seen.add((message.text, message.context))
        entry = known.get(message) or _new_entry(message)
        entry.occurrences = [(file, "") for file in files]
        entry.flags = ["python-format"] if "%(" in message.text else []
        updated.append(entry)
    return updated


def _message(entry: polib.POEntry) -> Message:
    return Message(entry.msgid, entry.msgid_plural or "", entry.msgctxt or "")


def _new_entry(message: Message) -> polib.POEntry:
    plurals = {"msgid_plural": message.plural, "msgstr_plural": {0: "", 1: ""}} if message.plural else {}
    return polib.POEntry(msgid=message.text, msgctxt=message.context or None, **plurals)
