"""How a statement's text is kept: small, and back byte for byte."""

import zlib

_PLAIN, _ZLIB_1 = b"\x00", b"\x01"
_SHORTEST = 200
# Never change this text: what is stored was compressed with it. A better one gets a new mark.
_WORDS_1 = (
    b'"http://adlnet.gov/expapi/activities/module"http://adlnet.gov/expapi/activities/cmi.interaction"'
    b'"http://adlnet.gov/expapi/verbs/passed"failed"answered"progressed"initialized"terminated"experienced"'
    b'"attended"voided"registration":"instructor":{"team":{"grouping":[{"category":[{"other":[{'
    b'"interactionType":"choice","correctResponsesPattern":["choices":[{"id":"description":{"es":"'
    b'"result":{"score":{"scaled":0."raw":"min":0,"max":100},"success":true,"completion":true,'
    b'"success":false,"duration":"PT1M"response":"'
    b'"https://w3id.org/xapi/cmi5/context/categories/moveon"https://w3id.org/xapi/cmi5/context/extensions/'
    b'"context":{"platform":"Aula Abierta","language":"es-CL","contextActivities":{"parent":[{'
    b'"objectType":"Activity","id":"https://","definition":{"name":{"es":"en":"en-US":"'
    b'"type":"http://adlnet.gov/expapi/activities/course"lesson"assessment"},"extensions":{"'
    b'{"id":"","actor":{"objectType":"Agent","account":{"homePage":"https://","name":"'
    b'"mbox":"mailto:"},"verb":{"id":"http://adlnet.gov/expapi/verbs/completed","display":{"es":"complet\xc3\xb3",'
    b'"en-US":"completed"},"object":{"objectType":"Activity","id":"http://",'
    b'"timestamp":"2026-"stored":"2026-T00:00:00.000000Z","version":"1.0.3",'
    b'"authority":{"objectType":"Agent","account":{"homePage":"http","name":"aula-abierta"}}}'
)


def pack(text: bytes) -> bytes:
    """A mark and the text, compressed where that helps: a kilobyte becomes some 350 bytes."""
    if len(text) < _SHORTEST:
        return _PLAIN + text
    engine = zlib.compressobj(level=1, wbits=-15, zdict=_WORDS_1)
    return _ZLIB_1 + engine.compress(text) + engine.flush()


def unpack(kept: bytes | memoryview) -> bytes:
    """The text that was packed."""
    kept = bytes(kept)
    if kept[:1] == _PLAIN:
        return kept[1:]
    engine = zlib.decompressobj(wbits=-15, zdict=_WORDS_1)
    return engine.decompress(kept[1:]) + engine.flush()
