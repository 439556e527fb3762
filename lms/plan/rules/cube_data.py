"""A published cube as plain data, as it is stored, and back. Pure."""

from dataclasses import asdict
from typing import Any

from lms.plan.rules.cube import Aside, PeopleOnly, PublishedCell, PublishedCube
from lms.plan.rules.figures import Band, Figure, Motive
from lms.plan.rules.table import Level


def cube_to_json(*, cube: PublishedCube) -> dict[str, Any]:
    """Plain data; nothing that the cube does not say."""
    return asdict(cube)


def cube_from_json(*, data: dict[str, Any]) -> PublishedCube:
    """The reverse of :func:`cube_to_json`."""
    return PublishedCube(
        level=Level(data["level"]),
        minimum_cell=data["minimum_cell"],
        cells=tuple(cell_from_json(data=cell) for cell in data["cells"]),
        institutions_together=tuple(data["institutions_together"]),
        estamentos_together=tuple(data["estamentos_together"]),
        legal_qualities_together=tuple(data["legal_qualities_together"]),
        people_only=tuple(
            PeopleOnly(
                row["institution"],
                Aside(row["why"]),
                _figure_from_json(data=row["completed"]),
                row.get("as_of", ""),
            )
            for row in data.get("people_only", ())
        ),
    )


def cell_from_json(*, data: dict[str, Any]) -> PublishedCell:
    """One cell of :func:`cube_to_json`."""
    figures = {
        name: _figure_from_json(data=data[name]) if data[name] else None
        for name in ("reached", "started", "assessed")
    }
    return PublishedCell(
        institution=data["institution"],
        estamento=data["estamento"],
        legal_quality=data["legal_quality"],
        headcount=data["headcount"],
        completed=_figure_from_json(data=data["completed"]),
        as_of=data.get("as_of", ""),
        **figures,
    )


def _figure_from_json(*, data: dict[str, Any]) -> Figure:
    return Figure(
        value=data["value"],
        percent=data["percent"],
        band=Band(data["band"]),
        motive=Motive(data["motive"]),
        as_of=data.get("as_of", ""),
    )
