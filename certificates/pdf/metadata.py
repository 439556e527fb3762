"""What a document says of itself: XMP, dates, and the colour space it was made for (PDF/A-2a, PDF/UA-1)."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from html import escape
from typing import Any

from reportlab import rl_config
from reportlab.lib.utils import TimeStamp
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from certificates.pdf.fonts import ASSETS

PRODUCER = "ReportLab PDF Library"
UA_SCHEMA = """<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA part</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


@dataclass(frozen=True)
class DocumentData:
    """Title, author, language (BCP 47) and instant of creation of one document."""

    title: str
    subject: str
    author: str
    language: str
    created_at: datetime


class IssueTimeStamp(TimeStamp):
    """ReportLab's idea of the present, set to the instant of issue so that bytes repeat."""

    def __init__(self, at: datetime) -> None:
        self.t = int(at.timestamp())
        self.lt = time.gmtime(self.t)
        self.YMDhms = tuple(self.lt)[:6]
        self.dhh = self.dmm = 0
        self.tzname = "UTC"


rl_config.useA85 = 0  # binary streams: a fifth smaller

_original_format = pdfdoc.PDFStream.format


def _format_with_end_of_line(stream: Any, document: Any) -> bytes:
    """ISO 19005-2, 6.1.7.1 wants an end of line before ``endstream``; ReportLab 5.1 writes none."""
    written: bytes = _original_format(stream, document)
    return written.removesuffix(b"endstream\n") + b"\nendstream\n"


pdfdoc.PDFStream.format = _format_with_end_of_line


def set_dates(canvas: Canvas, at: datetime) -> None:
    """Dates the document, and its identifier, by the issue instead of the clock."""
    canvas._doc._timeStamp = IssueTimeStamp(at)


def write_metadata(canvas: Canvas, data: DocumentData) -> None:
    """Adds XMP and the sRGB output intent; before ``save``."""
    document = canvas._doc
    document.Catalog.Metadata = pdfdoc.XMP(creator=lambda _document: _xmp(data).encode())
    document.defaultStreamFilters = None  # XMP is kept readable
    profile = pdfdoc.PDFStream(
        dictionary=pdfdoc.PDFDictionary({"N": 3}), content=_srgb_profile(), filters=[pdfdoc.PDFZCompress]
    )
    intent = {
        "Type": pdfdoc.PDFName("OutputIntent"),
        "S": pdfdoc.PDFName("GTS_PDFA1"),
        "OutputConditionIdentifier": pdfdoc.PDFString("sRGB"),
        "DestOutputProfile": document.Reference(profile, "SrgbProfile"),
    }
    document.Catalog.OutputIntents = pdfdoc.PDFArray([pdfdoc.PDFDictionary(intent)])


@cache
def _srgb_profile() -> bytes:
    return (ASSETS / "srgb.icc").read_bytes()


def _xmp(data: DocumentData) -> str:
    moment = data.created_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
    title, subject, author = escape(data.title), escape(data.subject), escape(data.author)
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{data.language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>
<xmp:CreatorTool>{author}</xmp:CreatorTool><pdf:Producer>{PRODUCER}</pdf:Producer>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>{UA_SCHEMA}</rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""
