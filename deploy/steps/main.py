"""From the word on the command line to the step."""

import os
import signal
from collections.abc import Callable, Sequence

from steps import demo, suites
from steps.console import PYTHON, ROOT, StepError, say
from steps.install import DEVELOPER_LOCK, RUNTIME_LOCK, ensure_installed

USAGE = """Uso: deploy/run.py ORDEN

  setup    instala lo necesario para ejecutar y desarrollar
  demo     prepara y ejecuta la demostración (PORT=8000, HOST=127.0.0.1)
  test     todas las revisiones y pruebas; con argumentos, solo pytest con ellos
  lint     estilo, capas, tipos y plantillas
  format   reescribe código y plantillas con el estilo del proyecto
  messages reúne los textos de la interfaz en lms/locale y compila sus traducciones
  bench    mediciones de las páginas, o de una parte: pages, lrs, rosters, notices, hr, coverage
  worker   solo el trabajador, con los ajustes del entorno"""


def main(arguments: Sequence[str]) -> int:
    """Runs the command; returns the exit code. A failure is one sentence, without a trace."""
    name, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    commands: dict[str, Callable[[], int]] = {
        "setup": _setup,
        "demo": _demo,
        "test": lambda: suites.run_tests(rest),
        "lint": suites.run_lint,
        "format": suites.run_format,
        "messages": suites.run_messages,
        "bench": lambda: suites.run_bench(rest),
        "worker": lambda: _worker(rest),
    }
    if name not in commands:
        say(USAGE)
        return 0 if name in {"", "-h", "--help", "help"} else 2
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        return commands[name]()
    except StepError as error:
        say(f"\n{error}")
        return 1
    except KeyboardInterrupt:
        say("\nDetenido.")
        return 130


def _setup() -> int:
    for lock in (RUNTIME_LOCK, DEVELOPER_LOCK):
        ensure_installed(lock)
    say("Listo: «make demo» ejecuta la demostración y «make test» las pruebas.")
    return 0


def _demo() -> int:
    demo.run_demo()
    return 0


def _worker(arguments: Sequence[str]) -> int:
    ensure_installed(RUNTIME_LOCK)
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), "manage.py", "run_worker", *arguments])  # noqa: S606


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
