import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage

CSS = Path(finders.find("ui/css/main.css")).parent
BUDGET_BYTES = 40 * 1024

TEXT_PAIRS = [
    ("ink", "bg"), ("ink", "sunk"), ("ink", "tint"), ("ink", "accent-tint"),
    ("soft", "bg"), ("soft", "sunk"), ("soft", "tint"),
    ("brand", "bg"), ("brand", "sunk"), ("brand", "tint"), ("brand-hover", "tint"), ("on-brand", "brand"),
    ("on-accent", "accent"),
    ("ok", "ok-tint"), ("ok", "bg"), ("warn", "warn-tint"), ("warn", "bg"),
    ("bad", "bad-tint"), ("bad", "bg"),
    ("ink", "ok-tint"), ("ink", "warn-tint"), ("ink", "bad-tint"),
]  # fmt: skip
CONTROL_PAIRS = [("edge", "bg"), ("edge", "sunk"), ("focus", "bg"), ("value", "bg"), ("goal", "bg")]
DEEP_TEXT_PAIRS = [
    ("ink", "bg"),
    ("ink", "sunk"),
    ("soft", "bg"),
    ("soft", "sunk"),
    ("brand", "bg"),
    ("on-brand", "brand"),
]
DEEP_CONTROL_PAIRS = [("edge", "bg"), ("focus", "bg"), ("goal", "track"), ("value", "track")]


def _declarations(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", block))


def _tokens() -> dict[str, dict[str, str]]:
    """The values in force in each theme: light, dark, and the deep surface on each."""
    source = (CSS / "tokens.css").read_text()
    light = _declarations(re.search(r":root \{(.*?)\n\}", source, re.S)[1])
    dark = light | _declarations(re.search(r"prefers-color-scheme: dark\) \{(.*?)\n\}", source, re.S)[1])
    deep = _declarations(re.search(r"\n\.deep \{(.*?)\n\}", source, re.S)[1])
    return {"light": light, "dark": dark, "deep on light": light | deep, "deep on dark": dark | deep}


def _resolve(tokens: dict[str, str], name: str) -> str:
    value = tokens[name]
    while match := re.fullmatch(r"var\(--([\w-]+)\)", value):
        value = tokens[match[1]]
    return value


def _luminance(colour: str) -> float:
    """Relative luminance of #rgb or #rrggbb (WCAG 2.2)."""
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(tokens: dict[str, str], first: str, second: str) -> float:
    high, low = sorted((_luminance(_resolve(tokens, name)) for name in (first, second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("pair", TEXT_PAIRS)
def test_text_has_enough_contrast(theme: str, pair: tuple[str, str]) -> None:
    assert _contrast(_tokens()[theme], *pair) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("pair", CONTROL_PAIRS)
def test_control_has_enough_contrast(theme: str, pair: tuple[str, str]) -> None:
    assert _contrast(_tokens()[theme], *pair) >= 3


@pytest.mark.parametrize("theme", ["deep on light", "deep on dark"])
@pytest.mark.parametrize("pair", DEEP_TEXT_PAIRS)
def test_text_on_the_deep_surface_has_enough_contrast(theme: str, pair: tuple[str, str]) -> None:
    assert _contrast(_tokens()[theme], *pair) >= 4.5


@pytest.mark.parametrize("theme", ["deep on light", "deep on dark"])
@pytest.mark.parametrize("pair", DEEP_CONTROL_PAIRS)
def test_control_on_the_deep_surface_has_enough_contrast(theme: str, pair: tuple[str, str]) -> None:
    assert _contrast(_tokens()[theme], *pair) >= 3


def test_styles_stay_within_their_budget() -> None:
    assert sum(file.stat().st_size for file in CSS.rglob("*.css")) <= BUDGET_BYTES


def test_every_style_sheet_is_imported_once() -> None:
    imported = re.findall(r'@import url\("([^"]+)"\)', (CSS / "main.css").read_text())
    files = [str(file.relative_to(CSS)) for file in CSS.rglob("*.css") if file.name != "main.css"]
    assert sorted(imported) == sorted(files)


def test_components_name_no_colour_that_is_not_a_token() -> None:
    allowed = {
        "#10242b",
        "#ffd166",
        "#fff",
        "#475960",
        "#f6b92f",
        "#c3dde3",
        "#07303c",
        "#0a5568",
        "#0e6a80",
        "#e3eff1",
    }
    found = {
        colour
        for file in (CSS / "components").glob("*.css")
        for colour in re.findall(r"#[0-9a-f]{3,6}\b", file.read_text())
    }
    assert found <= allowed


def test_hashed_storage_finds_every_file_that_the_styles_name(tmp_path: Path) -> None:
    storage = ManifestStaticFilesStorage(location=tmp_path)
    paths = {}
    for file in CSS.parent.rglob("*"):
        if file.is_file():
            name = f"ui/{file.relative_to(CSS.parent)}"
            target = tmp_path / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
            paths[name] = (storage, name)
    problems = [
        result for _name, _hashed, result in storage.post_process(paths) if isinstance(result, Exception)
    ]
    assert problems == []
    hashed_main = (tmp_path / storage.hashed_files["ui/css/main.css"]).read_text()
    assert not re.search(r'url\("[\w/-]+\.css"\)', hashed_main)
