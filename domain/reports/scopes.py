"""Whose figures somebody may see: managers all, a sales manager the team's, support their own (DESIGN §8)."""

from dataclasses import dataclass
from typing import Any

from peewee import Expression

from domain import scopes
from domain import staff as team
from models import Company, Staff


@dataclass(frozen=True)
class Scope:
    """`staff` holds the ids of the members of staff whose figures are meant; None: everybody's."""

    company: Company
    staff: frozenset[int] | None

    def covers(self, field: Any) -> Expression | bool:
        """A condition for a query: `field` names one of these members of staff."""
        return True if self.staff is None else field.in_(list(self.staff))


def of(speaker: Staff) -> Scope:
    """What this member of staff may see."""
    if speaker.role in team.MANAGERS:
        return whole(speaker.company)
    return Scope(speaker.company, frozenset(scopes.team_ids(speaker)))


def whole(company: Company) -> Scope:
    """Everything, for managers and for what the desk tells of itself."""
    return Scope(company, None)
