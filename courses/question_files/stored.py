"""What was read of a file, and what became of it, as plain data between two requests."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import msgspec

from courses.quizzes.formats.base import ReadFile, ReadQuestion, RefusedQuestion
from courses.quizzes.rules import KINDS
from courses.quizzes.services import ImportReport
from courses.quizzes.services.checking import clean_json

Json = dict[str, Any]


def read_to_json(read: ReadFile) -> Json:
    """Plain data that every database keeps."""
    questions = [{**_plain(one), "body": KINDS[one.kind].to_json(one.body)} for one in read.questions]
    data: Json = clean_json({"questions": questions, "refused": [_plain(one) for one in read.refused]})
    return data


def read_from_json(data: Mapping[str, Any]) -> ReadFile:
    """The inverse of :func:`read_to_json`."""
    questions = [msgspec.convert(one, ReadQuestion) for one in data["questions"]]
    bodies = [KINDS[one.kind].from_json(one.body) for one in questions]
    return ReadFile(
        [replace(one, body=body) for one, body in zip(questions, bodies, strict=True)],
        [msgspec.convert(one, RefusedQuestion) for one in data["refused"]],
    )


def report_to_json(report: ImportReport) -> Json:
    data: Json = clean_json(_plain(report))
    return data


def report_from_json(data: Mapping[str, Any]) -> ImportReport:
    return msgspec.convert(data, ImportReport)


def _plain(value: Any) -> Json:
    data: Json = msgspec.json.decode(msgspec.json.encode(value))
    return data
