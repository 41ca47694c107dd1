"""help, whoami, undo, as customer: the chat about the chat."""

import re

from bot import router
from bot.router import Reply, Turn, command, reply
from domain import import_undo, undo

# The modules beside this one, by what their commands are for.
SECTIONS = {
    "day": ("tasks", "script"),
    "people": ("customer", "contact", "number", "log", "reply", "why", "died", "erase"),
    "selling": ("sale", "returns", "invoice", "generics", "sales"),
    "refills": ("refills", "reserve", "register"),
    "care": ("rx", "condition", "review", "photo"),
    "sheets": ("upload",),
    "reports": ("reports", "forecast", "holdout"),
    "desk": ("help", "team"),
}
_SECTION_OF = {module: section for section, modules in SECTIONS.items() for module in modules}


@command("help", "?", "madad", "मदद", "हेल्प", "सहायता", usage="help [command]")
def show_help(turn: Turn) -> Reply:
    """All commands this person may use, or one of them with an example."""
    wanted = router.find_command(turn.words)
    if wanted:
        name = wanted.command.name
        return reply("help_command", usage=wanted.command.usage, example=f"help_{name.replace(' ', '_')}")
    if turn.words:
        return reply("unknown_command", said=turn.words[:40])
    return reply("help", sections=_sections(turn.speaker.role))


def _sections(role: str) -> list[tuple[str, list[str]]]:
    """What this role may use, as a phone's screen has room for: names by section, "log call/visit" as one."""
    names: dict[str, dict[str, list[str]]] = {section: {} for section in SECTIONS}
    for entry in router.COMMANDS.values():
        if role in entry.roles:
            first, _, rest = entry.name.partition(" ")
            names[_SECTION_OF[entry.function.__module__.rpartition(".")[2]]].setdefault(first, []).append(
                rest
            )
    return [
        (section, [f"{first} {'/'.join(filter(None, rest))}".strip() for first, rest in found.items()])
        for section, found in names.items()
        if found
    ]


@command("whoami", "who am i", usage="whoami")
def whoami(turn: Turn) -> Reply:
    """Name, code and role."""
    return reply("whoami", staff=turn.speaker)


@command("undo", usage="undo [import #7]")
def take_back(turn: Turn) -> Reply:
    """Take back the last change, for ten minutes, or a whole sheet."""
    sheet = re.match(r"(?:import|sheet|upload)\s*#?\s*(\d{1,9})\b", turn.words, re.IGNORECASE)
    if sheet:
        taken_back = import_undo.undo(turn.company, int(sheet[1]), turn.at)
        under_way = taken_back.is_under_way
        return reply(
            "import_undoing" if under_way else "import_undone", serial=int(sheet[1]), undone=taken_back
        )
    what, gone = undo.take_back(turn.speaker, turn.at)
    return reply("undone", what=what, gone=gone)


@command("as customer", usage="as customer")
def as_customer(turn: Turn) -> Reply:
    """Speak as a customer of the shop until `as staff`."""
    turn.phone.speaks_as_customer = True
    turn.phone.save(only=["speaks_as_customer"])
    return reply("as_customer")


@command("as staff", usage="as staff")
def as_staff(turn: Turn) -> Reply:
    """Speak as staff again."""
    return reply("as_staff")
