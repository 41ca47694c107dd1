"""The rules of the tree: imports go down, strangers have one home, importing does nothing."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from importlib.metadata import packages_distributions

import config
from tests.source import MODULES, functions, tree
from workers import queues, schedule

BASE = {
    "config",
    "clock",
    "database",
    "encryption",
    "rows",
    "statements",
    "apart",
    "models",
    "desk_tables",
    "report_tables",
    "company_settings",
    "storage",
    "spool",
}
BELOW_THE_DOORS = BASE | {"messaging", "domain", "sheets", "workers.queues", "workers.valkey", "migrations"}
BELOW_THE_DOORS |= {"workers.watching"}
EVERYTHING = BELOW_THE_DOORS | {"charts", "bot", "api", "console", "cli", "workers", "logs"}

# What each layer may import besides itself. The longest name that fits a module is its layer.
MAY_IMPORT: dict[str, set[str]] = {
    "config": set(),
    "encryption": {"config"},
    "rows": set(),
    "database": {"config", "encryption", "rows"},
    "statements": {"database"},
    "apart": {"database"},
    "clock": {"config", "database"},
    "models": {"clock", "database"},
    "desk_tables": {"clock", "database", "models"},
    "report_tables": {"clock", "database", "models"},
    "storage": {"config", "encryption"},
    "spool": {"config", "database", "encryption"},
    "logs": set(),
    "company_settings": {"models"},
    "migrations": {"database", "models"},
    "workers.valkey": {"config"},
    "workers.queues": {"config", "database", "workers.valkey"},
    "workers.watching": {"clock", "workers.queues"},
    "messaging": BASE | {"workers.queues"},
    # Consent and reach are facts of the phone: kept by messaging, which asks for them, told by the rules.
    "domain": BASE
    | {"messaging.consent", "messaging.foresight", "messaging.outbox"}
    | {"messaging.reach", "messaging.suppression"}
    | {"messaging.webhooks", "workers.queues"},
    "sheets": {"domain", "models"},
    "charts": set(),
    "bot": BELOW_THE_DOORS,
    "api": BELOW_THE_DOORS,
    "console": BELOW_THE_DOORS,
    # A sheet given on the command line is read there and then, as the job would.
    "cli": BELOW_THE_DOORS | {"workers.intake"},
    "workers": EVERYTHING,
    "workers.schedule": BELOW_THE_DOORS,
    "workers.intake": BELOW_THE_DOORS,
    "workers.jobs": (EVERYTHING - {"workers"}) | {"workers.intake"},
    "app": EVERYTHING - {"workers"},
    "development": EVERYTHING,
    "simulator": {"config"},
}

# Whoever reads or writes rows speaks peewee.
_AT_THE_DATABASE = BASE | {"api", "bot", "console", "domain", "messaging", "migrations", "workers"}

# Where each third-party package may be imported.
HOMES: dict[str, set[str]] = {
    "babel": {"messaging.formats", "sheets.countries"},
    "charset_normalizer": {"sheets"},
    "click": {"cli"},
    "cryptography": {"config", "development.settings", "encryption"},
    "dateparser": {"bot.text"},
    "flask": {"app", "api", "bot.webhook", "cli", "console", "simulator"},
    "flask_cors": {"api"},
    "fpdf": {"sheets"},
    "itsdangerous": {"messaging.files"},
    "jinja2": {"console", "messaging.render", "simulator"},
    "limits": {"api"},
    "openpyxl": {"sheets", "simulator", "development"},
    "pdfminer": {"sheets"},
    "pdfplumber": {"sheets"},
    "peewee": _AT_THE_DATABASE,
    "phonenumbers": {"bot.text.phones", "messaging.formats", "sheets", "simulator.phones"},
    "playhouse": {"database", "migrations"},
    "prometheus_client": {"api"},
    "pydantic": {"api"},
    "pypdfium2": {"sheets"},
    "python_calamine": {"sheets"},
    "rapidfuzz": {"bot", "domain"},
    "redis": {"workers"},
    "resvg_py": {"charts"},
    "rq": {"workers"},
    "twilio": {"bot.webhook", "messaging.channels.twilio_connection", "messaging.channels.twilio_contents"},
    "urllib3": {
        "messaging.channels.twilio_connection",
        "messaging.channels.twilio_media",
        "messaging.channels.webhook",
        "simulator",
    },
    "waitress": {"simulator"},
    "werkzeug": {"api", "app", "bot.webhook", "simulator"},
}

# `make run` makes settings and hands them on to what it starts.
_READERS = {"config", "development.settings", "development.processes"}


@cache
def _imports(module: str) -> frozenset[str]:
    """The dotted names `module` imports, anywhere in it; of a package of ours the module that is meant."""
    found: set[str] = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports by dots"
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= inner & MODULES.keys() or {str(node.module)}
    return frozenset(found)


def _lies_in(module: str, home: str) -> bool:
    return module == home or module.startswith(home + ".")


def _layer(module: str) -> str:
    fitting = [layer for layer in MAY_IMPORT if _lies_in(module, layer)]
    assert fitting, f"{module} belongs to no layer"
    return max(fitting, key=len)


def _ours(names: frozenset[str]) -> Iterator[str]:
    tops = {module.split(".")[0] for module in MODULES}
    return (name for name in names if name.split(".")[0] in tops)


def test_imports_only_go_down():
    assert not {module: upwards for module in MODULES if (upwards := _upwards(module))}


def _upwards(module: str) -> list[str]:
    layer = _layer(module)
    allowed = MAY_IMPORT[layer] | {layer}
    return [name for name in _ours(_imports(module)) if not any(_lies_in(name, home) for home in allowed)]


def test_no_import_comes_back_to_where_it_began():
    graph = {module: set(_ours(_imports(module) - _for_types_only(module))) - {module} for module in MODULES}
    TopologicalSorter(graph).prepare()


def _for_types_only(module: str) -> frozenset[str]:
    guards = (node for node in ast.walk(tree(module)) if isinstance(node, ast.If))
    bodies = [node.body for node in guards if ast.unparse(node.test) == "TYPE_CHECKING"]
    return frozenset(f"{node.module}" for body in bodies for node in body if isinstance(node, ast.ImportFrom))


def test_each_third_party_package_stays_in_its_home():
    assert not {module: strays for module in MODULES if (strays := _strays(module))}


def _strays(module: str) -> set[str]:
    homes = {stranger: HOMES.get(stranger, set()) for stranger in _strangers(module)}
    return {stranger for stranger in homes if not any(_lies_in(module, home) for home in homes[stranger])}


def _strangers(module: str) -> set[str]:
    ours = {name.split(".")[0] for name in MODULES}
    return {name.split(".")[0] for name in _imports(module)} - ours - set(sys.stdlib_module_names)


def test_whatever_is_imported_is_in_the_requirements():
    lines = (config.ROOT / "requirements.txt").read_text().splitlines()
    required = {_spelled_as_one(line.split("==")[0]) for line in lines if "==" in line}
    wheels = packages_distributions()
    used = {stranger for module in MODULES for stranger in _strangers(module)}
    assert not [
        each for each in used if not required & {_spelled_as_one(name) for name in wheels.get(each, [each])}
    ]


def _spelled_as_one(wheel: str) -> str:
    return wheel.lower().replace("_", "-")


# Run in a process of its own: tells of everything that importing must not do.
_LISTENER = """
import importlib, sys
forbidden = {"socket.connect", "socket.bind", "sqlite3.connect", "subprocess.Popen", "os.system", "os.mkdir",
             "os.remove", "os.rename", "_thread.start_new_thread", "_thread.start_joinable_thread"}
done = []
def listen(event, arguments):
    # Blinker and the like may open files to read; writing is what no import may do.
    writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
    if event in forbidden or writes:
        done.append((event, *map(repr, arguments)))
strangers, ours = sys.argv[1].split(), sys.argv[2].split()
for name in strangers:
    importlib.import_module(name)
sys.addaudithook(listen)
for name in ours:
    before = len(done)
    importlib.import_module(name)
    for event in done[before:]:
        print(name, *event)
"""


def test_importing_connects_opens_and_starts_nothing():
    strangers = {stranger for module in MODULES for stranger in _strangers(module)}
    arguments = [" ".join(sorted(strangers)), " ".join(MODULES)]
    told = subprocess.run(
        [sys.executable, "-B", "-c", _LISTENER, *arguments], cwd=config.ROOT, capture_output=True, text=True
    )
    assert (told.stdout, told.returncode) == ("", 0), told.stderr


def test_the_environment_is_read_in_the_settings_only():
    assert {module for module in MODULES if _reads_environment(module)} <= _READERS


def _reads_environment(module: str) -> bool:
    attributes = (node for node in ast.walk(tree(module)) if isinstance(node, ast.Attribute))
    return any(ast.unparse(node) in ("os.environ", "os.getenv") for node in attributes)


def test_each_job_is_one_module_that_runs_and_has_its_queue():
    jobs = {module.rpartition(".")[2] for module in MODULES if module.startswith("workers.jobs.")}
    assert jobs == set(queues.QUEUE_OF)
    assert not [job for job in jobs if "run" not in {each.name for each in functions(f"workers.jobs.{job}")}]


def test_the_clock_asks_for_jobs_there_are():
    assert schedule.EVERY.keys() <= queues.QUEUE_OF.keys()
