"""Our columns, and the names under which spreadsheets carry them (see ``plain_words``)."""

from enum import StrEnum


class Column(StrEnum):
    RUN = "run"
    DIGIT = "dv"
    GIVEN_NAMES = "nombres"
    FAMILY_NAMES = "apellidos"
    PATERNAL_NAME = "apellido_paterno"
    MATERNAL_NAME = "apellido_materno"
    EMAIL = "correo"
    UNIT = "unidad"
    UNIT_CODE = "codigo_unidad"
    UNIT_NAME = "nombre_unidad"
    ESTAMENTO = "estamento"
    LEGAL_QUALITY = "calidad_juridica"
    VALID_FROM = "desde"
    VALID_UNTIL = "hasta"
    GRADE = "grado"
    POSITION = "cargo"
    REGION = "region"
    PARENT_UNIT = "codigo_unidad_superior"
    AWAY_FROM = "ausente_desde"
    AWAY_UNTIL = "ausente_hasta"


SYNONYMS: dict[Column, tuple[str, ...]] = {
    Column.RUN: (
        "run",
        "rut",
        "r u n",
        "r u t",
        "n run",
        "n rut",
        "numero run",
        "numero de run",
        "run con dv",
        "rut con dv",
        "run completo",
        "rut completo",
        "run funcionario",
        "rut funcionario",
        "cedula",
        "cedula de identidad",
    ),
    Column.DIGIT: ("dv", "digito verificador", "digito", "d v"),
    Column.GIVEN_NAMES: ("nombres", "nombre", "nombre s", "nombres de pila"),
    Column.FAMILY_NAMES: ("apellidos", "apellido", "apellido s"),
    Column.PATERNAL_NAME: ("apellido paterno", "paterno", "primer apellido", "ap paterno"),
    Column.MATERNAL_NAME: ("apellido materno", "materno", "segundo apellido", "ap materno"),
    Column.EMAIL: (
        "correo",
        "correo electronico",
        "correo institucional",
        "email",
        "e mail",
        "mail",
        "casilla",
    ),
    Column.UNIT: (
        "unidad",
        "unidad de desempeno",
        "unidad o departamento",
        "dependencia",
        "departamento",
        "area",
    ),
    Column.UNIT_CODE: (
        "codigo unidad",
        "codigo de unidad",
        "codigo de la unidad",
        "cod unidad",
        "id unidad",
    ),
    Column.UNIT_NAME: ("nombre unidad", "nombre de unidad", "nombre de la unidad"),
    Column.ESTAMENTO: ("estamento", "escalafon"),
    Column.LEGAL_QUALITY: (
        "calidad juridica",
        "calidad",
        "calidad contractual",
        "tipo de contrato",
        "tipo contrato",
    ),
    Column.VALID_FROM: (
        "desde",
        "fecha desde",
        "inicio",
        "fecha inicio",
        "fecha de inicio",
        "fecha ingreso",
        "fecha de ingreso",
    ),
    Column.VALID_UNTIL: (
        "hasta",
        "fecha hasta",
        "termino",
        "fecha termino",
        "fecha de termino",
        "vigente hasta",
    ),
    Column.GRADE: ("grado", "grado eus", "grado e u s", "grado escala", "gr"),
    Column.POSITION: (
        "cargo",
        "cargo o funcion",
        "funcion",
        "puesto",
        "nombre del cargo",
        "nombre cargo",
    ),
    Column.REGION: ("region", "region de desempeno", "region desempeno", "codigo region", "n region"),
    Column.PARENT_UNIT: (
        "codigo unidad superior",
        "codigo de unidad superior",
        "codigo de la unidad superior",
        "unidad superior",
        "cod unidad superior",
        "id unidad superior",
        "codigo unidad padre",
        "depende de",
    ),
    Column.AWAY_FROM: ("ausente desde", "ausencia desde", "inicio ausencia", "fecha inicio ausencia"),
    Column.AWAY_UNTIL: ("ausente hasta", "ausencia hasta", "termino ausencia", "fecha termino ausencia"),
}
