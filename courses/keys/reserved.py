"""Words that name other pages of the classroom: a course or lesson called so could not be reached.

``courses`` does not know those addresses; ``tests/courses/test_reserved_keys.py`` compares them with these.
"""

RESERVED_CODES = frozenset(
    {
        "apuntes",
        "avisos",
        "competencias",
        "conversaciones",
        "mi-registro",
        "mis-avisos-de-error",
        "quien-me-vio",
        "vista-previa",
    }
)
"""What no course may have as its code: ``/aula/apuntes/`` is the notebook."""

RESERVED_KEYS = frozenset(
    {"cambios", "continuar", "conversacion", "imprimir", "inscribirme", "opinion", "repaso"}
)
"""What no lesson or assessment may have as its key: ``/aula/<course>/repaso/`` is the recall."""
