"""Files of a pack as Wagtail images and documents."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from willow.image import UnrecognisedImageFormatError


class ImageFileError(Exception):
    """The file says that it is an image and is none."""


def _model(kind: str) -> Any:
    return get_image_model() if kind == "image" else get_document_model()


@dataclass
class MediaInstaller:
    """Installs files of ``folder``. A rollback does not take files back: :meth:`discard` does."""

    folder: Path
    stored: list[Any] = field(default_factory=list)

    def install(self, kind: str, name: str) -> int:
        """The id of the image or document with this content; stored once however often it is installed.

        Raises:
            ImageFileError: not an image.
        """
        content = (self.folder / name).read_bytes()
        digest = hashlib.sha1(content, usedforsecurity=False).hexdigest()
        found = _model(kind).objects.filter(file_hash=digest, title=name).first()
        if found is None:
            try:
                found = _model(kind)(title=name, file=ContentFile(content, name=name), file_hash=digest)
            except UnrecognisedImageFormatError as error:
                raise ImageFileError(name) from error
            found.file_size = len(content)
            found.save()
            self.stored.append(found.file)
        return int(found.pk)

    def discard(self) -> None:
        """Delete the files that this installer stored."""
        for file in self.stored:
            file.storage.delete(file.name)


def export_file(kind: str, pk: int, folder: Path) -> str:
    """Write the image or document into ``folder`` and return its file name there."""
    item = _model(kind).objects.get(pk=pk)
    name = Path(item.title if Path(item.title).suffix else item.file.name).name
    folder.mkdir(parents=True, exist_ok=True)
    with item.file.open("rb") as source:
        (folder / name).write_bytes(source.read())
    return name
