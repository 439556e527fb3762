"""The shape of indicators.yaml. Pure: msgspec types. ``None`` means that no source read gives the value."""

from typing import Annotated, Literal

from msgspec import Meta

from content_packs.manifest import Key, Shape, Text

Short = Annotated[str, Meta(max_length=250)]
Address = Annotated[str, Meta(pattern=r"^https://", max_length=300)]


class DimensionEntry(Shape):
    """``name``: the column of the files; no values: any."""

    name: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
    label: Annotated[str, Meta(min_length=1, max_length=40)]
    values: list[Annotated[str, Meta(min_length=1, max_length=120)]] = []


class ReferenceEntry(Shape):
    """A baseline or a target as somebody published it; amounts as text, ``"62.5"``."""

    value: Annotated[str, Meta(pattern=r"^[0-9]{1,11}(\.[0-9]{1,4})?$")]
    period: Annotated[str, Meta(min_length=1, max_length=20)]
    source_text: Annotated[str, Meta(min_length=1, max_length=250)]
    source_url: Address | None = None


class IndicatorEntry(Shape):
    """``example``: a CSV below ``indicators/``, all rows invented and saying so."""

    code: Key
    commitment: Annotated[int, Meta(ge=1, le=200)]
    title: Annotated[str, Meta(min_length=1, max_length=250)]
    definition: Text
    method: Text
    origin_text: Annotated[str, Meta(min_length=1, max_length=250)]
    unit: Annotated[str, Meta(min_length=1, max_length=80)]
    kind: Literal["ratio", "count"]
    numerator_label: Annotated[str, Meta(min_length=1, max_length=250)]
    frequency: Literal["year", "half_year", "quarter", "month", "once"]
    direction: Literal["higher", "lower", "none"]
    denominator_label: Short = ""
    origin_url: Address | None = None
    factor: Literal[1, 100, 1000, 10000, 100000] = 100
    decimals: Annotated[int, Meta(ge=0, le=4)] = 1
    is_part_of_whole: bool = False
    baseline: ReferenceEntry | None = None
    target: ReferenceEntry | None = None
    source_text: Short = ""
    source_url: Address | None = None
    licence: Annotated[str, Meta(min_length=1, max_length=120)] = "CC BY 4.0"
    dimensions: Annotated[list[DimensionEntry], Meta(max_length=5)] = []
    sdg_target: Annotated[str, Meta(max_length=6)] = ""
    example: Annotated[str, Meta(pattern=r"^[a-z0-9-]+\.csv$", max_length=80)] | None = None


class IndicatorsFile(Shape):
    """indicators.yaml"""

    plan: Key
    indicators: Annotated[list[IndicatorEntry], Meta(min_length=1)]
