"""Invented people for demonstrations and benchmarks. Names are common ones; nobody is meant."""

from random import Random

GIVEN = (
    "Camila", "Valentina", "Rayén", "Antonia", "Marisol", "Gloria", "Ignacia", "Rosa", "Yasna", "Carolina",
    "Daniela", "Fernanda", "Paulina", "Ximena", "Verónica", "Luis", "Rodrigo", "Sebastián", "Hernán", "Pablo",
    "Matías", "Elías", "Patricio", "Cristián", "Jorge", "Nahuel", "Tomás", "Felipe", "Andrés", "Manuel",
)  # fmt: skip
FAMILY = (
    "Riquelme", "Aguirre", "Oyarzún", "Paillalef", "Huenchumil", "Catrileo", "Soto", "Muñoz", "Rojas", "Díaz",
    "Contreras", "Painemal", "Espinoza", "Figueroa", "Gatica", "Ñanco", "Vidal", "Sanhueza", "Bravo",
    "Cárdenas", "Alarcón", "Abarca", "Fuentes", "Toro", "Quidel", "Mella", "Araya", "Godoy", "Tuki", "Mamani",
)  # fmt: skip
UNITS = (
    "Dirección", "Gestión de Personas", "Compras y Contrataciones", "Atención Ciudadana", "Tecnologías",
    "División Jurídica", "Administración y Finanzas", "Planificación", "Dirección Regional Norte",
    "Dirección Regional Centro", "Dirección Regional Sur", "Auditoría Interna",
)  # fmt: skip


def run_of(number: int) -> str:
    """A RUN with the right check digit for an invented body of 7 or 8 digits."""
    total, weight = 0, 2
    for digit in reversed(str(number)):
        total += int(digit) * weight
        weight = 2 if weight == 7 else weight + 1
    check = 11 - total % 11
    return f"{number}{'0' if check == 11 else 'K' if check == 10 else check}"


def person_names(chance: Random) -> tuple[str, str]:
    """Given and family names."""
    return chance.choice(GIVEN), f"{chance.choice(FAMILY)} {chance.choice(FAMILY)}"
