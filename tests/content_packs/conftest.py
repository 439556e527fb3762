from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from content_packs.pack import Pack
from content_packs.reading import read_pack
from tests.content_packs.small import edit, stored_files, write_pack
from tests.factories.courses import create_catalogue


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small pack on disk."""
    return write_pack(tmp_path / "paquete")


@pytest.fixture
def pack(folder: Path) -> Pack:
    return read_pack(folder)


@pytest.fixture
def catalogue(db: None) -> None:
    create_catalogue()


@pytest.fixture
def media(folder: Path) -> Iterator[Path]:
    """An image, a video with captions and a document, each shown by the first lesson."""
    place = folder / "media"
    place.mkdir()
    picture = BytesIO()
    Image.new("RGB", (4, 3), "white").save(picture, "PNG")
    (place / "foto.png").write_bytes(picture.getvalue())
    (place / "video.mp4").write_bytes(b"video")
    (place / "video.vtt").write_bytes(b"WEBVTT\n")
    (place / "guia.pdf").write_bytes(b"%PDF-1.4")
    blocks = (
        "::: image\nfile: foto.png\nalt: Una puerta abierta\n:::\n\n"
        "::: video\ntitle: Un caso\nfile: video.mp4\ncaptions: video.vtt\ntranscript: Alguien avisa.\n:::\n\n"
        "::: document\nfile: guia.pdf\ntitle: Guía\n:::\n\n"
    )
    edit(folder, "lessons/m1-l1.md", "::: plain\n", f"{blocks}::: plain\n")
    before = stored_files()
    yield place
    for path in stored_files() - before:
        path.unlink()
