"""One prepared database per engine, copied for each case."""

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "deploy"))

from steps.outside import find_postgres, temporary_postgres  # noqa: E402


class Engine(Protocol):
    """Where databases live. ``base`` is the prepared one that copies are made of."""

    label: str

    def variables(self, name: str) -> dict[str, str]:
        """The environment of a program that uses the database ``name``."""

    def create(self, name: str) -> None:
        """Make it empty."""

    def copy(self, name: str) -> None:
        """Make it equal to ``base``."""

    def drop(self, name: str) -> None:
        """Delete it."""


class Sqlite:
    label = "SQLite"

    def __init__(self, *, folder: Path) -> None:
        self.folder = folder

    def variables(self, name: str) -> dict[str, str]:
        return {"DATABASE_URL": f"sqlite:///{self._file(name)}"}

    def create(self, name: str) -> None:
        self.drop(name)

    def copy(self, name: str) -> None:
        source, target = sqlite3.connect(self._file("base")), sqlite3.connect(self._file(name))
        source.backup(target)
        source.close()
        target.close()

    def drop(self, name: str) -> None:
        for file in self.folder.glob(f"{name}.sqlite3*"):
            file.unlink()

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.sqlite3"


class Postgres:
    label = "PostgreSQL"

    def __init__(self, *, server: dict[str, str]) -> None:
        self.server = server

    def variables(self, name: str) -> dict[str, str]:
        return self.server | {"DATABASE_URL": f"postgres:///{name}"}

    def create(self, name: str) -> None:
        self._run("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0", name)

    def copy(self, name: str) -> None:
        self._run("CREATE DATABASE {} TEMPLATE {}", name, "base")

    def drop(self, name: str) -> None:
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def _run(self, statement: str, *names: str) -> None:
        command = sql.SQL(statement).format(*map(sql.Identifier, names))  # type: ignore[arg-type]
        with psycopg.connect(
            host=self.server["PGHOST"], user=self.server["PGUSER"], dbname="postgres", autocommit=True
        ) as server:
            server.execute(command)


@contextmanager
def open_engine(*, name: str, folder: Path, durable: bool = False) -> Iterator[Engine | None]:
    """The engine ``sqlite`` or ``postgres``; ``None`` where this machine has no such server.

    ``durable``: PostgreSQL waits for the disk, as it does in service.
    """
    if name == "sqlite":
        yield Sqlite(folder=folder)
        return
    binaries = find_postgres()
    if binaries is None:
        yield None
        return
    os.environ.pop("DATABASE_URL", None)
    with temporary_postgres(binaries, durable=durable) as server:
        yield Postgres(server=server)
