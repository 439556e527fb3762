"""Regions of the country and the clocks they keep. Data of Chile; another government replaces the table."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from lms.lib.clock import CHILE


@dataclass(frozen=True)
class Region:
    """A first-level division: ISO 3166-2 code, name, and the zone in which its offices work."""

    code: str
    name: str
    zone: ZoneInfo = CHILE


# Aysén and Magallanes keep summer time all year (tz database, America/Coyhaique and Punta_Arenas).
REGIONS = (
    Region("CL-AP", "Arica y Parinacota"),
    Region("CL-TA", "Tarapacá"),
    Region("CL-AN", "Antofagasta"),
    Region("CL-AT", "Atacama"),
    Region("CL-CO", "Coquimbo"),
    Region("CL-VS", "Valparaíso"),
    Region("CL-RM", "Metropolitana de Santiago"),
    Region("CL-LI", "O'Higgins"),
    Region("CL-ML", "Maule"),
    Region("CL-NB", "Ñuble"),
    Region("CL-BI", "Biobío"),
    Region("CL-AR", "La Araucanía"),
    Region("CL-LR", "Los Ríos"),
    Region("CL-LL", "Los Lagos"),
    Region("CL-AI", "Aysén", ZoneInfo("America/Coyhaique")),
    Region("CL-MA", "Magallanes y de la Antártica Chilena", ZoneInfo("America/Punta_Arenas")),
)
REGION_CHOICES = [(region.code, region.name) for region in REGIONS]
_ZONES = {region.code: region.zone for region in REGIONS}


def zone_of(*, region: str) -> ZoneInfo:
    """The zone of a region; that of the capital where the region is empty or unknown."""
    return _ZONES.get(region, CHILE)
