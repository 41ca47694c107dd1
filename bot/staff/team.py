"""staff: who works here; managers take people on and let them go."""

from bot.router import MANAGERS, Reply, Turn, command, reply
from bot.text import phones
from domain import staff as team
from domain.errors import DomainError
from models import Staff


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
    *names, role = rest.split() or [""]
    if not (code and address and names and role.casefold() in team.ROLES):
        raise DomainError("staff_add_usage", roles=", ".join(team.ROLES))
    added = team.add(turn.company, code=code, phone=address, name=" ".join(names), role=role.casefold())
    return reply("staff_added", changed=f"{added.name} added", added=added)


def _remove(turn: Turn, words: str) -> Reply:
    gone = team.by_code(turn.company, words)
    if gone == turn.speaker:
        raise DomainError("remove_yourself")
    team.let_go(gone)
    return reply("staff_removed", changed=f"{gone.name} removed", gone=gone)
