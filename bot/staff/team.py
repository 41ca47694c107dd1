"""staff: who works here; managers take people on and let them go."""

import re

from bot.router import MANAGERS, Reply, Turn, command, reply
from bot.text import phones
from domain import staff as team
from domain.errors import DomainError
from models import Staff

# What stands at the end; the longer name of a role first.
_ROLE = re.compile(
    r"(?:[\s,]+(?:and\s+)?(?:pharmacist|ceo|sales[ _]manager|manager|support))+\s*$", re.IGNORECASE
)


@command("staff", usage="staff [add CODE phone name role | remove CODE]", roles=MANAGERS)
def staff(turn: Turn) -> Reply:
    """List the team, or change it."""
    verb, _, rest = turn.words.partition(" ")
    if verb.casefold() == "add":
        return _add(turn, rest)
    if verb.casefold() in ("remove", "deactivate"):
        return _remove(turn, rest)
    rows = Staff.select().where(Staff.company == turn.company, Staff.is_active).order_by(Staff.code)
    return reply("staff_list", staff=list(rows))


def _add(turn: Turn, words: str) -> Reply:
    code, _, rest = words.strip().partition(" ")
    address, rest = phones.split_phone(rest, turn.company.region)
    name, role, is_pharmacist = _name_and_role(rest)
    if not (code and address and name and role):
        raise DomainError("staff_add_usage", roles=", ".join(team.ROLES))
    facts = {"name": name, "role": role, "is_pharmacist": is_pharmacist}
    added = team.add(turn.company, code=code, phone=address, **facts)
    return reply("staff_added", changed=f"{added.name} added", added=added)


def _name_and_role(words: str) -> tuple[str, str, bool]:
    """Of "Ravi Kumar support pharmacist", the last two in any order; a pharmacist of no other role is
    support, and the role is "" where neither is said."""
    match = _ROLE.search(words)
    if match is None:
        return words.strip(), "", False
    said = match[0].casefold().replace(" ", "_")
    longest_first = sorted(team.ROLES, key=len, reverse=True)
    role = next((role for role in longest_first if role in said), "support")
    return words[: match.start()].strip(), role, "pharmacist" in said


def _remove(turn: Turn, words: str) -> Reply:
    gone = team.by_code(turn.company, words)
    if gone == turn.speaker:
        raise DomainError("remove_yourself")
    team.let_go(gone)
    return reply("staff_removed", changed=f"{gone.name} removed", gone=gone)
