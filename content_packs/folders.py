"""Where packs are: a name means one of ours, anything else a folder."""

from pathlib import Path

PACKS = Path(__file__).resolve().parent / "packs"
IMAGE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp"})
"""Files of ``media/`` that are images; all others are documents."""


def find_folder(name: str) -> Path:
    """The pack's folder.

    Raises:
        FileNotFoundError: neither one of ours nor a folder.
    """
    ours = PACKS / name
    if name and ours.is_dir() and ours.parent == PACKS and name not in {".", ".."}:
        return ours
    folder = Path(name)
    if name and folder.is_dir():
        return folder
    known = ", ".join(sorted(path.name for path in PACKS.iterdir() if path.is_dir()))
    raise FileNotFoundError(f"No encuentro el paquete «{name}». Los incluidos son: {known}.")
