"""The modules of the tree, each read once, for the tests of the tree's own rules."""

import ast
from functools import cache
from pathlib import Path

import config

# Not ours, or not part of what runs.
_ELSEWHERE = {"tests", "var", "bench"}


def _name(path: Path) -> str:
    parts = path.relative_to(config.ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _is_ours(path: Path) -> bool:
    first = path.relative_to(config.ROOT).parts[0]
    return first not in _ELSEWHERE and not first.startswith(".")


MODULES = {_name(path): path for path in sorted(config.ROOT.rglob("*.py")) if _is_ours(path)}
# A released migration is frozen: it is as long as its tables, and repeats them.
LIVING = {name: path for name, path in MODULES.items() if not name.startswith("migrations.")}


@cache
def tree(module: str) -> ast.Module:
    """What stands in it, parsed."""
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def functions(module: str) -> list[ast.FunctionDef]:
    """All its functions, methods and inner ones too."""
    return [node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef)]
