"""Installing a pack: ordinary laws, competences, questions and pages, then one release."""

from datetime import datetime
from typing import Any

import msgspec
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Locale

from content_packs.manifest import CourseFile
from content_packs.models import InstalledPack
from content_packs.pack import Pack
from content_packs.services.media import MediaInstaller
from content_packs.services.pages import CourseInstaller
from content_packs.services.report import Report
from content_packs.services.shared import (
    install_competences,
    install_laws,
    install_questions,
    install_terms,
)
from content_packs.services.translations import install_translations
from courses.models import CatalogueIndexPage
from courses.services import hold_releases, publish_release
from courses.tasks import explain_words_anew


class NoCatalogueError(Exception):
    """The site has no catalogue page yet to hang the course from."""


class PackKindError(Exception):
    """Packs of this kind are installed by another command."""


class PageRefusedError(Exception):
    """The site refuses a page of the pack, for example because its address is taken; says why."""


class _DryRunError(Exception):
    """Rolls the transaction back after a rehearsal."""


def install_pack(*, pack: Pack, at: datetime, dry_run: bool = False) -> Report:
    """Install or update; repeating it changes nothing. With ``dry_run`` only the differences.

    All in one transaction: a failure leaves the site as it was. Records of people rest on earlier
    releases and stay. A model stays a draft and makes no release. Other courses that explain a word
    which changed are published anew by a task.

    Raises:
        NoCatalogueError: run ``set_up_site`` first.
        PackKindError: not a course pack.
        PageRefusedError: a page is not valid in this site.
        content_packs.services.media.ImageFileError: an image of ``media/`` is none.
        courses.services.CourseNotReadyError: the pages do not make a course.
    """
    if pack.course is None:
        raise PackKindError(pack.manifest.kind)
    report = Report()
    media = MediaInstaller(pack.root / "media")
    try:
        with transaction.atomic(), hold_releases():
            _install(pack, pack.course, media, report, at)
            if dry_run:
                raise _DryRunError
    except _DryRunError:
        media.discard()
    except ValidationError as error:
        media.discard()
        raise PageRefusedError(" ".join(error.messages)) from error
    except BaseException:
        media.discard()
        raise
    return report


def _install(pack: Pack, course: CourseFile, media: MediaInstaller, report: Report, at: datetime) -> None:
    catalogue = CatalogueIndexPage.objects.filter(locale=Locale.get_default()).first()
    if catalogue is None:
        raise NoCatalogueError
    laws = install_laws(pack, report)
    has_new_words = install_terms(pack, report)
    competences = install_competences(course, report)
    bank = install_questions(pack, competences, laws, report) if course.assessment else None
    installer = CourseInstaller(pack, course, competences, laws, media, report)
    page = installer.install(catalogue, bank)
    if not pack.is_model:
        install_translations(pack.translations, page=page, bank=bank, laws=laws, media=media, report=report)
        report.release, report.is_new_release = publish_release(page=page, at=at)
    if has_new_words:
        explain_words_anew.enqueue()
    manifest: dict[str, Any] = msgspec.to_builtins(pack.manifest)
    InstalledPack.objects.update_or_create(
        code=pack.manifest.code,
        defaults={
            "version": pack.manifest.version,
            "manifest": manifest,
            "content_hash": report.release.content_hash if report.release else "",
            "installed_at": at,
        },
    )
