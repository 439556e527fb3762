from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

_FILES = {"video": ("video", "captions"), "document": ("document",)}
"""The fields that name a file, by type of block."""

_loaded: ContextVar[Mapping[int, Any] | None] = ContextVar("files_loaded", default=None)


class FileChooserBlock(DocumentChooserBlock):
    """A document, taken from those that :func:`files_loaded` read together, where it did."""

    canonical_module_path = "wagtail.documents.blocks.DocumentChooserBlock"

    def bulk_to_python(self, values: Sequence[int]) -> list[Any]:
        files = _loaded.get()
        if files is None:
            documents: list[Any] = super().bulk_to_python(values)
            return documents
        return [copy(files.get(value)) for value in values]


@contextmanager
def files_loaded(raw: Sequence[Mapping[str, Any]]) -> Iterator[bool]:
    """While open, the files that these blocks name are known: one query, or none and ``False``."""
    wanted = {block["value"].get(name) for block in raw for name in _FILES.get(block["type"], ())} - {None}
    token = _loaded.set(get_document_model().objects.in_bulk(wanted) if wanted else None)
    try:
        yield bool(wanted)
    finally:
        _loaded.reset(token)


class ImageBlock(blocks.StructBlock):
    """An image that says something, with its text alternative, or a decorative one."""

    image = ImageChooserBlock(label=_("Imagen"))
    alt = blocks.CharBlock(
        label=_("Texto alternativo"), required=False, help_text=_("Qué dice la imagen a quien no la ve.")
    )
    decorative = blocks.BooleanBlock(label=_("Es solo decorativa"), required=False)
    caption = blocks.CharBlock(label=_("Pie de imagen"), required=False)

    class Meta:
        icon = "image"
        label = _("Imagen")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        if not cleaned["decorative"] and not cleaned["alt"].strip():
            raise blocks.StructBlockValidationError(
                {"alt": ValidationError(_("Describe la imagen o márcala como decorativa."))}
            )
        return cleaned


class VideoBlock(blocks.StructBlock):
    """A video of our own, downloaded only on demand, with captions and transcript."""

    title = blocks.CharBlock(label=_("Título"), max_length=150)
    video = FileChooserBlock(label=_("Video (MP4)"))
    captions = FileChooserBlock(label=_("Subtítulos (VTT)"))
    transcript = blocks.RichTextBlock(label=_("Transcripción"), features=["bold", "ol", "ul"])
    duration = blocks.CharBlock(label=_("Duración"), required=False, help_text=_("Por ejemplo: 3 min 40 s"))

    class Meta:
        icon = "media"
        label = _("Video")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        errors = {}
        if not str(cleaned["video"].filename).lower().endswith(".mp4"):
            errors["video"] = ValidationError(_("El video debe ser un archivo MP4."))
        if not str(cleaned["captions"].filename).lower().endswith(".vtt"):
            errors["captions"] = ValidationError(_("Los subtítulos deben ser un archivo VTT."))
        if errors:
            raise blocks.StructBlockValidationError(errors)
        return cleaned


class DocumentBlock(blocks.StructBlock):
    """A file to keep."""

    document = FileChooserBlock(label=_("Documento"))
    title = blocks.CharBlock(label=_("Cómo se llama"), required=False)

    class Meta:
        icon = "doc-full-inverse"
        label = _("Documento")
