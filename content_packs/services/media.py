"""Files of a pack as Wagtail images and documents."""

import hashlib
from pathlib import Path

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

IMAGE_SUFFIXES = {".png", ".jpg", ".jpeg", ".gif", ".webp"}


def install_file(path: Path) -> int:
    """The id of the image or document with this content; stored once however often it is installed."""
    content = path.read_bytes()
    digest = hashlib.sha1(content, usedforsecurity=False).hexdigest()
    if path.suffix.lower() in IMAGE_SUFFIXES:
        images = get_image_model()
        found = images.objects.filter(file_hash=digest, title=path.name).first()
        if found is None:
            found = images(title=path.name, file=ContentFile(content, name=path.name), file_hash=digest)
            found.save()
        return int(found.pk)
    documents = get_document_model()
    found = documents.objects.filter(file_hash=digest, title=path.name).first()
    if found is None:
        found = documents(title=path.name, file=ContentFile(content, name=path.name), file_hash=digest)
        found.save()
    return int(found.pk)


def export_file(kind: str, pk: int, folder: Path) -> str:
    """Write the image or document into ``folder`` and return its file name there."""
    model = get_image_model() if kind == "image" else get_document_model()
    item = model.objects.get(pk=pk)
    name = item.title if Path(item.title).suffix else Path(item.file.name).name
    folder.mkdir(parents=True, exist_ok=True)
    with item.file.open("rb") as source:
        (folder / Path(name).name).write_bytes(source.read())
    return Path(name).name
