"""Goal 16 and its twelve targets in the official Spanish wording. Pure.

Source: translations/es/global_targets.yml and global_goals.yml of open-sdg/sdg-translations (MIT
licence), commit 0cda585; the wording is that of A/RES/70/1 and the global indicator framework.
"""

SOURCE_TEXT = "Open SDG, traducciones de las metas mundiales (licencia MIT)"
SOURCE_URL = (
    "https://github.com/open-sdg/sdg-translations/blob/0cda585851a5c6f04040a9a2755fbb4496c4eead/"
    "translations/es/global_targets.yml"
)

GOAL = "16"
TARGETS: dict[str, str] = {
    "16.1": "Reducir significativamente todas las formas de violencia y las correspondientes tasas de "
    "mortalidad en todo el mundo",
    "16.2": "Poner fin al maltrato, la explotación, la trata y todas las formas de violencia y tortura "
    "contra los niños",
    "16.3": "Promover el estado de derecho en los planos nacional e internacional y garantizar la igualdad "
    "de acceso a la justicia para todos",
    "16.4": "De aquí a 2030, reducir significativamente las corrientes financieras y de armas ilícitas, "
    "fortalecer la recuperación y devolución de los activos robados y luchar contra todas las formas de "
    "delincuencia organizada",
    "16.5": "Reducir considerablemente la corrupción y el soborno en todas sus formas",
    "16.6": "Crear a todos los niveles instituciones eficaces y transparentes que rindan cuentas",
    "16.7": "Garantizar la adopción en todos los niveles de decisiones inclusivas, participativas y "
    "representativas que respondan a las necesidades",
    "16.8": "Ampliar y fortalecer la participación de los países en desarrollo en las instituciones de "
    "gobernanza mundial",
    "16.9": "De aquí a 2030, proporcionar acceso a una identidad jurídica para todos, en particular mediante "
    "el registro de nacimientos",
    "16.10": "Garantizar el acceso público a la información y proteger las libertades fundamentales, de "
    "conformidad con las leyes nacionales y los acuerdos internacionales",
    "16.a": "Fortalecer las instituciones nacionales pertinentes, incluso mediante la cooperación "
    "internacional, para crear a todos los niveles, particularmente en los países en desarrollo, la "
    "capacidad de prevenir la violencia y combatir el terrorismo y la delincuencia",
    "16.b": "Promover y aplicar leyes y políticas no discriminatorias en favor del desarrollo sostenible",
}
