"""The application on the telephone: six digits of the moment (RFC 6238, SHA-1, steps of 30 seconds)."""

import base64
import hmac
import struct
from datetime import datetime


def totp(*, secret: str, at: datetime) -> str:
    """The code that the application shows at ``at`` for the key in Base32."""
    counter = struct.pack(">Q", int(at.timestamp()) // 30)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    start = digest[-1] & 0x0F
    (number,) = struct.unpack(">I", digest[start : start + 4])
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06}"
