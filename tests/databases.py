"""Test databases copied from a template that was migrated once.

Migrating from zero takes many seconds; copying takes a fraction of one. The template is named
after a hash of all migration files, so a changed migration makes a new one. Each test process has
its own copy, and a test that commits gets a fresh one afterwards: rows that migrations create
(Wagtail's root page and site) are never lost.
"""

import fcntl
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import psycopg
from django.apps import apps
from django.core.management import call_command
from django.db import connections
from psycopg import sql


class TestDatabase(Protocol):
    """A private copy of the migrated database."""

    __test__ = False

    def create(self) -> None:
        """Make the copy and point Django's default connection at it."""

    def restore(self) -> None:
        """Make the copy equal to the template again."""

    def drop(self) -> None:
        """Delete the copy."""

    def url(self) -> str:
        """``DATABASE_URL`` of the copy, for a process that a test starts."""


def migrations_key() -> str:
    """16 hexadecimal characters that change with any migration file of any installed app."""
    digest = hashlib.sha256()
    for app in apps.get_app_configs():
        for file in sorted(Path(app.path).glob("migrations/*.py")):
            digest.update(f"{app.label}/{file.name}".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    connections["default"].close()


class SqliteDatabase:
    """One file per test process; the template lies beside it."""

    __test__ = False

    def __init__(self, *, folder: Path, process: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.template = folder / f"template-{migrations_key()}.sqlite3"
        self.file = folder / f"run-{process}-{os.getpid()}.sqlite3"
        self.connection = connections["default"]

    def create(self) -> None:
        settings = self.connection.settings_dict
        settings["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
        with self._lock():
            self._remove_leftovers()
            if not self.template.exists():
                self._build_template()
            # Kept open: another run with other migrations may delete the file's name meanwhile.
            self._source = sqlite3.connect(self.template)
            self._source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        self._point_at(self.file)
        self.restore()

    def restore(self) -> None:
        self.connection.close()
        target = sqlite3.connect(self.file, timeout=20)
        try:
            self._source.backup(target)
        finally:
            target.close()

    def drop(self) -> None:
        self.connection.close()
        self._source.close()
        for file in self.folder.glob(f"{self.file.name}*"):
            file.unlink()

    def url(self) -> str:
        return f"sqlite:///{self.file}"

    @contextmanager
    def _lock(self) -> Iterator[None]:
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _remove_leftovers(self) -> None:
        """Copies of processes that were killed; their number is in the name."""
        for file in self.folder.glob("run-*.sqlite3*"):
            try:
                os.kill(int(file.name.split(".")[0].rsplit("-", 1)[1]), 0)
            except ProcessLookupError:
                file.unlink()

    def _point_at(self, file: Path) -> None:
        self.connection.close()
        self.connection.settings_dict["NAME"] = str(file)

    def _build_template(self) -> None:
        for old in self.folder.glob("template-*"):
            old.unlink()
        unfinished = self.folder / "building.sqlite3"
        for leftover in self.folder.glob("building.sqlite3*"):
            leftover.unlink()
        self._point_at(unfinished)
        _migrate()
        with sqlite3.connect(unfinished) as raw:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            raw.execute("PRAGMA journal_mode=DELETE")
        raw.close()
        unfinished.rename(self.template)


class PostgresDatabase:
    """One database per test process, made with ``CREATE DATABASE … TEMPLATE``."""

    __test__ = False

    def __init__(self, *, process: str) -> None:
        self.connection = connections["default"]
        base = str(self.connection.settings_dict["NAME"])
        self.template = f"{base}_template_{migrations_key()}"
        self.name = f"{base}_run_{process}_{os.getpid()}"

    def create(self) -> None:
        with self._server() as server:
            server.execute("SELECT pg_advisory_lock(hashtext(%s))", [self.template])
            known = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.template])
            if known.fetchone() is None:
                self._build_template(server)
            self._copy(server)
        self._point_at(self.name)

    def restore(self) -> None:
        self.connection.close()
        with self._server() as server:
            self._copy(server)

    def drop(self) -> None:
        self.connection.close()
        with self._server() as server:
            self._run(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)

    def url(self) -> str:
        settings = self.connection.settings_dict
        owner = f"{settings['USER']}:{settings['PASSWORD']}@" if settings["USER"] else ""
        port = f":{settings['PORT']}" if settings["PORT"] else ""
        return f"postgres://{owner}{settings['HOST']}{port}/{self.name}"

    @contextmanager
    def _server(self) -> Iterator[psycopg.Connection[Any]]:
        wanted = ("host", "port", "user", "password")
        known = self.connection.get_connection_params()
        parameters = {key: known[key] for key in wanted if known.get(key)}
        server = psycopg.connect(dbname="postgres", autocommit=True, **parameters)
        try:
            yield server
        finally:
            server.close()

    def _run(self, server: psycopg.Connection[Any], statement: str, *names: str) -> None:
        server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))  # type: ignore[arg-type]

    def _copy(self, server: psycopg.Connection[Any]) -> None:
        self._run(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)
        self._run(server, "CREATE DATABASE {} TEMPLATE {}", self.name, self.template)

    def _point_at(self, name: str) -> None:
        self.connection.close()
        self.connection.settings_dict["NAME"] = name

    def _build_template(self, server: psycopg.Connection[Any]) -> None:
        unfinished = f"{self.template}_building"
        self._run(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", unfinished)
        self._run(server, "CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0", unfinished)
        self._point_at(unfinished)
        _migrate()
        self._run(server, "ALTER DATABASE {} RENAME TO {}", unfinished, self.template)


def open_test_database(*, folder: Path, process: str) -> TestDatabase:
    """The database of this test process; ``process`` tells parallel ones apart."""
    if connections["default"].vendor == "sqlite":
        return SqliteDatabase(folder=folder, process=process)
    return PostgresDatabase(process=process)
