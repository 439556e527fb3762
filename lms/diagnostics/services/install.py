"""Installing questionnaires from their files. A changed file is a new version; earlier ones stay."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction

from lms.diagnostics.manifests import DiagnosticFile
from lms.diagnostics.models import Questionnaire, QuestionnaireRelease


@dataclass
class InstallReport:
    """Codes by what became of them; of a changed one, its new version."""

    created: list[str] = field(default_factory=list)
    changed: dict[str, int] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)


@transaction.atomic
def install_questionnaires(*, files: Sequence[DiagnosticFile], at: datetime) -> InstallReport:
    """All files or none. Questionnaires that have no file any more stay as they are."""
    report = InstallReport()
    for file in files:
        _install(file=file, at=at, report=report)
    return report


def _install(*, file: DiagnosticFile, at: datetime, report: InstallReport) -> None:
    heading = {
        "title": file.title, "summary": file.summary, "plan_code": file.plan, "commitments": file.commitments,
    }  # fmt: skip
    found = Questionnaire.objects.select_for_update().filter(code=file.code).first()
    content: dict[str, Any] = msgspec.to_builtins(file)
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    latest = found.releases.first() if found else None
    if found and latest and latest.content_hash == digest:
        report.unchanged.append(file.code)
        return
    questionnaire = found or Questionnaire.objects.create(code=file.code, **heading)
    version = latest.version + 1 if latest else 1
    release = QuestionnaireRelease.objects.create(
        questionnaire=questionnaire, version=version, content=content, content_hash=digest, published_at=at
    )
    for name, value in heading.items():
        setattr(questionnaire, name, value)
    questionnaire.current = release
    questionnaire.save()
    if found:
        report.changed[file.code] = version
    else:
        report.created.append(file.code)
