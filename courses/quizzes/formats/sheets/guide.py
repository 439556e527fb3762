"""How a sheet is filled in, in a trainer's words: the second sheet of the workbook."""

GUIDE: tuple[tuple[str, str], ...] = (
    (
        "Una fila por pregunta",
        "Solo hacen falta «tipo», «pregunta» y lo que pide el tipo. Lo demás se puede dejar vacío.",
    ),
    (
        "clave",
        "Letras minúsculas, números y guiones; no se repite en el banco. Vacía: la ponemos a partir "
        "de la pregunta.",
    ),
    (
        "competencia",
        "El código de la competencia, como INT-1. Vacía: se elige al importar.",
    ),
    (
        "dificultad",
        "1, 2 o 3. Vacía: se elige al importar.",
    ),
    (
        "etiquetas",
        "Separadas por coma: regalos, compras.",
    ),
    (
        "Una respuesta",
        "Las alternativas, una por columna; en «correctas», el número de la correcta: 2.",
    ),
    (
        "Varias respuestas",
        "Las alternativas; en «correctas», los números: 1, 3.",
    ),
    (
        "Verdadero o falso",
        "En «correctas», verdadero o falso. Si además se pregunta por qué, las razones van como "
        "alternativas y en «correctas» se agrega cuál es la correcta: falso, 2.",
    ),
    (
        "Unir pares",
        "En cada alternativa, los dos lados con un signo igual: ley 20.730 = lobby. Lo que sobra a "
        "la derecha: sobra = compras.",
    ),
    (
        "Ordenar",
        "Las alternativas, en el orden correcto.",
    ),
    (
        "Número",
        "El número en «respuesta» y cuánto se acepta de diferencia en «tolerancia». En «unidad», "
        "las unidades para elegir: m; km = 1000.",
    ),
    (
        "Texto corto",
        "En cada alternativa, un texto que se acepta. Si vale menos: casi = 50 %. Un * vale por "
        "cualquier texto.",
    ),
    (
        "Dilema con consecuencias",
        "En cada alternativa, lo que se puede hacer y cuánto vale: avisar = 100 %. Lo que pasa "
        "después va en su retroalimentación.",
    ),
    (
        "retroalimentación 1 a 10",
        "Qué se le dice a quien elige esa alternativa. En verdadero o falso sin razones: la 1, a "
        "quien dice verdadero; la 2, a quien dice falso.",
    ),
    (
        "si no acierta",
        "En número y texto corto: qué se le dice a quien responde otra cosa.",
    ),
    (
        "fuente, repaso",
        "La norma en que se funda la respuesta, y la clave de la lección para repasar.",
    ),
    (
        "datos",
        "La escribe el sistema al exportar: lo que no cabe en las otras columnas. Los textos por "
        "completar, los casos, las respuestas abiertas y las imágenes van aquí enteros. Déjala como "
        "está.",
    ),
    (
        "Apóstrofo al comienzo",
        "Un texto que empieza con =, +, - o @ lleva un apóstrofo delante para que no se tome por "
        "fórmula. Al importar se quita.",
    ),
)
"""Name and text."""
