"""Which tests show which clause, read from the tests' own `@pytest.mark.clause(…)`, without running them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]


def shown_by() -> dict[str, list[str]]:
    """{clause: ["tests/…/test_x.py::test_y", …]}, in the order of paths."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for clause, name in marks(ast.parse(path.read_text("utf-8"))):
            found.setdefault(clause, []).append(f"{path.relative_to(ROOT)}{name}")
    return found


def marks(module: ast.Module) -> Iterator[tuple[str, str]]:
    """(clause, "::test") pairs; a mark on the whole module gives ""."""
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            for decorator in node.decorator_list:
                yield from ((clause, f"::{node.name}") for clause in clauses_of(decorator))
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark":
            values = node.value.elts if isinstance(node.value, ast.List | ast.Tuple) else [node.value]
            yield from ((clause, "") for value in values for clause in clauses_of(value))


def clauses_of(mark: ast.expr) -> list[str]:
    """Of `pytest.mark.clause("V3", "E6")`, and of such marks on single rows of `parametrize`."""
    return [
        argument.value
        for node in ast.walk(mark)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.clause"
        for argument in node.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]
