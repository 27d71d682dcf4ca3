"""Which tests show which clause or withstand which fault, read from the tests' own `@pytest.mark.clause(…)` and
`@pytest.mark.fault(…)`, without running them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]


def shown_by(marker: str = "clause") -> dict[str, list[str]]:
    """{clause: ["tests/…/test_x.py::test_y", …]}, in the order of paths."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for clause, name in marks(ast.parse(path.read_text("utf-8")), marker):
            found.setdefault(clause, []).append(f"{path.relative_to(ROOT)}{name}")
    return found


def marks(module: ast.Module, marker: str = "clause") -> Iterator[tuple[str, str]]:
    """(clause, "::test") pairs; a mark on the whole module gives ""."""
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            for decorator in node.decorator_list:
                yield from ((clause, f"::{node.name}") for clause in clauses_of(decorator, marker))
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark":
            values = node.value.elts if isinstance(node.value, ast.List | ast.Tuple) else [node.value]
            yield from ((clause, "") for value in values for clause in clauses_of(value, marker))


def clauses_of(mark: ast.expr, marker: str = "clause") -> list[str]:
    """Of `pytest.mark.clause("V3", "E6")`, and of such marks on single rows of `parametrize`."""
    return [
        argument.value
        for node in ast.walk(mark)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == f"pytest.mark.{marker}"
        for argument in node.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]
