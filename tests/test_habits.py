"""The habits of the tree: all is small, says what it is for and is named for it, and bugs are not hidden."""

import ast
from html.parser import HTMLParser
from pathlib import Path

import config
from tests.source import LIVING, MODULES, functions, tree

LONGEST_FUNCTION = 40
LONGEST_FILE = 300
LONGER_FILES = {"models": 800}

_TELLS_NOTHING = {"utils", "util", "helpers", "helper", "manager", "managers", "service", "services"}
_SAYS_NOTHING = ("handle_", "process_")


def test_each_module_begins_by_saying_what_it_is_for():
    assert not [module for module in MODULES if not (ast.get_docstring(tree(module)) or "").strip()]


def test_files_stay_small():
    lengths = {module: _lines(path) for module, path in LIVING.items()}
    assert not {module: n for module, n in lengths.items() if n > LONGER_FILES.get(module, LONGEST_FILE)}


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_files_of_tests_stay_small_too():
    files = (config.ROOT / "tests").rglob("*.py")
    assert not [path.name for path in files if _lines(path) > LONGEST_FILE]


def test_functions_stay_small():
    lengths = {(module, each.name): _length(each) for module in LIVING for each in functions(module)}
    assert not {which: length for which, length in lengths.items() if length > LONGEST_FUNCTION}


def _length(function: ast.FunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_names_say_what_a_thing_is():
    assert not [module for module in MODULES if _TELLS_NOTHING & set(module.split("."))]
    named = [(module, function.name) for module in MODULES for function in functions(module)]
    vague = [which for which in named if which[1].lstrip("_").startswith(_SAYS_NOTHING)]
    # Named by the library that calls them.
    assert not [which for which in vague if not hasattr(HTMLParser, which[1])]


def test_a_bug_is_caught_at_two_seams_only():
    catching = {
        module
        for module in MODULES
        for node in ast.walk(tree(module))
        if isinstance(node, ast.ExceptHandler) and _catches_everything(node)
    }
    # Where somebody waits for an answer, and where others wait for their turn; the latter raises it again.
    assert catching == {"apart", "bot.conversation"}


def _catches_everything(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    caught = {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)}
    return bool(caught & {"Exception", "BaseException"})
