"""Text that may stand in XML."""

import re

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Whatever is not a ``Char`` (XML 1.0, 2.2)."""


def xml_text(text: str) -> str:
    """The text without the characters that XML cannot hold, such as a vertical tab."""
    return _FORBIDDEN.sub("", text)
