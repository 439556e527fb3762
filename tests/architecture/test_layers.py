"""House rules that a linter does not know."""

import ast
from collections.abc import Callable, Iterator

import pytest

from tests.architecture.tree import ROOT, Module, list_modules, spelled

# Where a write outside services and journeys is right, and why. The path is exact.
WRITES_ALLOWED = {
    "lms/people/models/accounts.py": "Django asks the manager of its user model to create accounts",
    "lms/xapi/engines/sqlite.py": "the half of the storing service that differs between databases",
    "lms/demo/population.py": "fills an empty demonstration with an invented population, in bulk",
    "lms/demo/training.py": "gives the same demonstration a ministry, newcomers and leaves",
    "lms/demo/local_plan.py": "gives the same demonstration a municipality; its plan comes by services",
    "certificates/models.py": "the rows are guarded; these two doors are for the erasing service alone",
    "certificates/pdf/layout.py": "saves a drawing, not a row",
    "lms/ui/pdf/rendering.py": "saves a drawing, not a row",
}
# One for each package that stands alone.
CLOCK_MODULES = {"lms/lib/clock.py", "courses/clock.py", "certificates/clock.py"}
CLOCKS = {
    "timezone.now",
    "timezone.localdate",
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "datetime.datetime.now",
    "date.today",
    "datetime.date.today",
    "time.time",
}
ALWAYS_WRITES = {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}


def find_in_modules(find: Callable[[Module], Iterator[ast.AST]]) -> list[str]:
    return [module.place(node) for module in list_modules() for node in find(module)]


def is_write(call: ast.Call) -> bool:
    """A write through Django's ORM, as told from files, dictionaries and hashes by its arguments."""
    if not isinstance(call.func, ast.Attribute):
        return False
    name, positional, named = call.func.attr, call.args, call.keywords
    if name in ALWAYS_WRITES:
        return True
    if name == "update":
        return bool(named) and not positional
    if name == "delete":
        return not positional and not named
    return name == "save" and not positional


def find_writes(module: Module) -> Iterator[ast.AST]:
    if {"services", "journeys"} & set(module.parts):
        return
    for node in ast.walk(module.syntax):
        if isinstance(node, ast.Call) and is_write(node):
            yield node


def find_clocks(module: Module) -> Iterator[ast.AST]:
    if module.name in CLOCK_MODULES:
        return
    for node in ast.walk(module.syntax):
        if isinstance(node, ast.Attribute) and spelled(node) in CLOCKS:
            yield node


def find_inner_imports(module: Module) -> Iterator[ast.AST]:
    for function in ast.walk(module.syntax):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if function.name == "ready" and module.parts[-1] == "apps":
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield node


def find_model_lookups(module: Module) -> Iterator[ast.AST]:
    for node in ast.walk(module.syntax):
        if isinstance(node, ast.Attribute) and spelled(node) == "apps.get_model":
            yield node


def test_only_services_and_journeys_write() -> None:
    places = find_in_modules(find_writes)
    assert not [place for place in places if place.rsplit(":", 1)[0] not in WRITES_ALLOWED]


def test_allowed_writes_are_still_needed() -> None:
    writing = {place.rsplit(":", 1)[0] for place in find_in_modules(find_writes)}
    assert set(WRITES_ALLOWED) <= writing


def test_only_the_clocks_ask_the_time() -> None:
    assert not find_in_modules(find_clocks)


def test_imports_stand_at_the_top() -> None:
    assert not find_in_modules(find_inner_imports)


def test_models_are_imported_and_not_looked_up() -> None:
    assert not find_in_modules(find_model_lookups)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_lock_names_no_registry(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert "index-url" not in "\n".join(line for line in text.splitlines() if not line.startswith("#"))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("row.save()", True),
        ("row.save(update_fields=['name'])", True),
        ("storage.save(name, content)", False),
        ("rows.update(name='x')", True),
        ("digest.update(data)", False),
        ("rows.delete()", True),
        ("storage.delete(name)", False),
        ("Row.objects.create(name='x')", True),
        ("Row.objects.filter(name='x')", False),
    ],
)
def test_writes_are_recognised(code: str, expected: bool) -> None:
    call = ast.parse(code, mode="eval").body
    assert isinstance(call, ast.Call)
    assert is_write(call) is expected
