from pathlib import Path

import pytest

from content_packs.reading import Pack, read_pack
from tests.content_packs.small import write_pack
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
