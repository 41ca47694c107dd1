"""The README leaves nothing out: every command, job and setting is in it, and what it names exists."""

import re

import pytest

import app
import company_settings
import config
from bot import customer, router, staff
from workers import queues, schedule

README = (config.ROOT / "README.md").read_text(encoding="utf-8")


def _section(title: str) -> str:
    """The text under that heading, up to the next one."""
    return re.split(r"^## ", README.partition(f"\n## {title}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


def _first_column(title: str) -> set[str]:
    """What stands in backticks in the first column of the section's table."""
    cells = re.findall(r"^\| (`.+?) \|", _section(title), re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


@pytest.fixture(scope="module")
def commands():
    staff.load()
    customer.load()
    return router.COMMANDS


def test_every_command_of_staff_is_there_with_an_example(commands):
    assert _first_column("What staff can write") == set(commands)


def test_every_example_is_the_command_it_stands_beside(commands):
    rows = re.findall(r"^\| `(.+?)` \| `(.+?)`", _section("What staff can write"), re.MULTILINE)
    assert len(rows) == len(commands)
    for name, example in rows:
        found = router.find_command(example)
        assert (found and found[0].name == name) or (name, example) == ("contact", "contact Anita Joshi")


def test_every_job_is_there():
    assert _first_column("Jobs") == set(queues.QUEUE_OF)


def test_every_job_runs_in_the_process_that_is_named():
    named = dict(re.findall(r"^\| `(\w+)` \| (\w+) \|", _section("Jobs"), re.MULTILINE))
    assert named == queues.QUEUE_OF


@pytest.mark.parametrize("job", schedule.EVERY)
def test_every_tick_is_told_as_it_is(job):
    seconds = int(schedule.EVERY[job].total_seconds())
    said = {60: "every minute"}.get(seconds) or (
        f"every {seconds} s"
        if seconds < 60
        else f"every {seconds // 60} minutes"
        if seconds < 3600
        else f"every {seconds // 3600} hours"
    )
    [row] = re.findall(rf"^\| `{job}` .*$", _section("Jobs"), re.MULTILINE)
    assert said in row


def test_every_setting_of_the_environment_is_there():
    read = set(
        re.findall(r'(?:_setting|_from_environment)\("([A-Z_]+)"', (config.ROOT / "config.py").read_text())
    )
    assert _first_column("Settings of the environment") == read


def test_every_setting_of_a_pharmacy_is_there():
    assert _first_column("Settings of a pharmacy") == set(company_settings.SETTINGS)


@pytest.mark.parametrize("key", company_settings.SETTINGS)
def test_every_setting_is_told_with_its_default(key):
    [shown] = re.findall(rf"^\| `{key}` \| (.*?) ?\|", _section("Settings of a pharmacy"), re.MULTILINE)
    default = company_settings.SETTINGS[key].default
    if isinstance(default, bool):
        default = "on" if default else "off"
    if default is None:
        default = "off"
    if isinstance(default, list):
        default = "-".join(default)
    assert str(default).startswith(shown.rstrip("… ").rstrip(","))


@pytest.fixture
def command_line(database_url, monkeypatch):
    monkeypatch.setattr(config, "DATABASE_URL", database_url)
    return app.create_app().cli.commands


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_every_command_of_the_command_line_is_there(command_line):
    ours = {name: entry for name, entry in command_line.items() if name not in ("run", "shell", "routes")}
    names = {
        f"{name} {inner}" if inner else name
        for name, entry in ours.items()
        for inner in getattr(entry, "commands", {"": None})
    }
    assert _first_column("The command line") == names


def test_every_process_of_the_procfile_is_there():
    processes = re.findall(r"^(\w+):", (config.ROOT / "Procfile").read_text(), re.MULTILINE)
    assert not [name for name in processes if f"`{name}`" not in _section("In production")]


def test_every_file_it_links_to_is_there():
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if "://" not in link]
    assert links
    assert not [link for link in links if not (config.ROOT / link).exists()]


def test_the_two_commands_are_targets_of_the_makefile():
    targets = re.findall(r"^(\w+):.*?## ", (config.ROOT / "Makefile").read_text(), re.MULTILINE)
    assert {"run", "test"} <= set(targets)
    assert set(re.findall(r"^make (\w+)", README, re.MULTILINE)) == {"run", "test"}
