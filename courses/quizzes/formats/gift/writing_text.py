"""Texts in GIFT: a backslash before each sign that has a meaning."""

SIGNS = str.maketrans({**{sign: f"\\{sign}" for sign in "\\#=~{}:"}, "\n": "\\n", "\r": ""})
FORMATS = ("[html]", "[moodle]", "[plain]", "[markdown]")


def escape_text(text: str) -> str:
    """A text that is read as it is, on one line."""
    return text.strip().translate(SIGNS)


def escape_item(text: str) -> str:
    """A line of ``qtype_ordering``, which puts back only what ends the answer: no more is escaped."""
    marks = "\\{}#" if "####" in text else "\\{}"
    lines = text.strip().replace("\r", "").translate({ord(sign): f"\\{sign}" for sign in marks})
    return lines.replace("\n", "\\n")


def escape_part(text: str) -> str:
    """The same inside an answer, where a format in brackets has to be told from a text in brackets."""
    escaped = escape_text(text)
    return f"[plain]{escaped}" if escaped.startswith(FORMATS) else escaped
