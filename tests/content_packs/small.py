"""A small pack on disk, right in every detail, for tests to break or to change."""

from pathlib import Path

from django.conf import settings

FILES = {
    "pack.yaml": """\
code: paquete
version: 1.0.0
kind: course
title: Paquete de prueba
language: es-CL
licence: CC BY 4.0
files:
  course: course.yaml
  laws: laws.yaml
""",
    "laws.yaml": """\
- key: ley-18575
  name: Ley N° 18.575, de Bases Generales
  short: Ley N° 18.575
  id_norma: 191865
  version: 2024-01-15
- key: ley-20880
  name: Ley N° 20.880, sobre Probidad
  short: Ley N° 20.880
  published: 2016-01-05
  note: Leímos el resumen.
""",
    "course.yaml": """\
code: curso-de-prueba
title: Curso de prueba
short_title: Prueba
summary: Aprende a decir que no.
topic: integridad
emblem: integridad
audience: Todas las personas
certificate_months: 24
pedagogical_hour_minutes: 45
outcomes:
  - Reconocer un conflicto.
competences:
  - code: INT-1
    name: Actuar con probidad
    level: 2
modules:
  - code: m1
    title: Primer módulo
    lessons:
      - m1-l1
      - m1-l2
  - code: m2
    title: Segundo módulo
    lessons:
      - m2-l1
completion:
  require_dilemmas: 1
assessment:
  code: evaluacion-final
  title: Evaluación final
  pass_percent: 70
  attempts: 3
  wait_hours: 24
  minutes_per_question: 2
  blueprint:
    - competence: INT-1
      count: 2
commitments:
  - 1
""",
    "lessons/m1-l1.md": """\
---
code: m1-l1
title: Qué es la probidad
summary: Aprendes qué es la probidad.
activity_minutes: 4
competences:
  - INT-1
outcomes:
  - Decir qué es.
---
Pones el interés general **primero**.

## Qué hago ahora

- Avisa a tiempo.
- [Lee la ley](https://www.bcn.cl/leychile).

::: law
law: ley-18575
summary: No aceptes regalos.
article: artículo 62
quote: |-
  Primera línea.

  Segunda línea.
:::

::: plain
text: Si dudas, pregunta.
:::

::: code_of_ethics
topic: regalos
fallback: Tu código dice algo.
acknowledge: true
:::

::: channels
intro: Pregunta a tiempo.
:::

::: glossary
term: Probidad
definition: Poner primero lo de todos.
:::

::: check
key: m1-l1-p1
stem: ¿Qué haces?
options:
  - text: Avisar.
    feedback: Sí, así queda constancia.
    correct: true
  - text: Callar.
    feedback: Así nadie te ayuda.
:::
""",
    "lessons/m1-l2.md": """\
---
code: m1-l2
title: 'Dilema: la caja'
summary: Vives un caso.
activity_minutes: 2
---
Ahora te toca decidir.

::: dilemma
code: la-caja
:::

::: check
key: m1-l2-p1
stem: ¿Y ahora?
options:
  - text: Avisar.
    feedback: Sí.
    correct: true
  - text: Callar.
    feedback: No ayuda.
:::
""",
    "lessons/m2-l1.md": """\
---
code: m2-l1
title: Mi plan
summary: Haces tu plan.
activity_minutes: 3
---
Anota tres pasos.

::: check
key: m2-l1-p1
stem: ¿Cuál es el primero?
options:
  - text: Leer mi código.
    feedback: Sí.
    correct: true
  - text: Esperar.
    feedback: Se te pasa la hora.
:::
""",
    "dilemmas/la-caja.yaml": """\
code: la-caja
title: La caja
summary: Llega una caja.
topic: regalos
activity_minutes: 6
stakeholders:
  - name: Rubén
    stake: Su permiso.
start: uno
scenes:
  - key: uno
    heading: Lunes, en el mesón
    text: Llega **Rubén**.
    question: ¿Qué haces?
    choices:
      - key: a
        text: La devuelvo.
        recap: La devolviste.
        outcome: Rubén se va.
        effects:
          - who: Tú
            tone: good
            label: Tranquila
            text: Duermes bien.
        next: dos
      - key: b
        text: La guardo.
        recap: La guardaste.
        outcome: Nadie la ve.
        effects:
          - who: Tú
            tone: cost
            label: Con duda
            text: Piensas en ella.
  - key: dos
    heading: Martes
    text: Vuelve.
    question: ¿Y ahora?
    choices:
      - key: a
        text: Aviso.
        recap: Avisaste.
        outcome: Queda escrito.
        effects:
          - who: Tu equipo
            tone: good
            label: Con regla
            text: Saben qué hacer.
      - key: b
        text: Callo.
        recap: Callaste.
        outcome: Se repite.
        effects:
          - who: La fila
            tone: bad
            label: Mira
            text: Espera.
reflection: ¿Cuándo era más fácil?
closing: Avisa a tiempo.
reminder:
  text: No se aceptan regalos.
  law: ley-18575
  article: artículo 62
law:
  law: ley-20880
  article: artículo 1
  summary: Hay conflicto cuando se juntan dos intereses.
""",
    "questions/INT-1.yaml": """\
- key: p1
  competence: INT-1
  difficulty: 1
  kind: single
  stem: ¿Qué haces con un regalo?
  options:
    - text: Devolverlo.
      feedback: Sí.
      correct: true
    - text: Abrirlo.
      feedback: No se puede.
    - text: Venderlo.
      feedback: Tampoco.
  source:
    law: ley-18575
    article: artículo 62
  review: m1-l1
- key: p2
  competence: INT-1
  difficulty: 2
  kind: multiple
  stem: Elige todas las que correspondan.
  options:
    - text: Avisar.
      feedback: Sí.
      correct: true
    - text: Abstenerse.
      feedback: Sí.
      correct: true
    - text: Callar.
      feedback: No.
  source:
    note: Sistema de integridad
  review: m1-l2
- key: p3
  competence: INT-1
  difficulty: 3
  kind: single
  stem: ¿A quién preguntas?
  options:
    - text: A nadie.
      feedback: Así no hay respaldo.
    - text: A la coordinación.
      feedback: Sí.
      correct: true
  source:
    note: Sistema de integridad
""",
}


def write_pack(folder: Path) -> Path:
    """Write the pack into ``folder``."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def edit(folder: Path, name: str, old: str, new: str) -> int:
    """Replace the first ``old`` of a file; the line on which it stood."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text.count("\n", 0, text.index(old)) + 1


def read_files(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder`` by its path."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def stored_files() -> set[Path]:
    """What uploads have left on the disk."""
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}
