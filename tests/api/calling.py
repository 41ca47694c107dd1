"""Programs that call the REST door: what the tests of all resources share."""

from typing import Any

from flask.testing import FlaskClient

from domain import staff as team
from models import Company, Staff


class Program:
    """A program with the token of one member of staff; each call gives the response."""

    def __init__(self, client: FlaskClient, staff: Staff) -> None:
        self._client = client
        self.headers = {"Authorization": f"Bearer {team.new_token(staff)}"}

    def get(self, path: str, **query: Any) -> Any:
        return self._client.get(path, query_string=query or None, headers=self.headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.send("POST", path, body, **headers)

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Headers are named with underscores."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._client.open(path, method=method, json=body, headers=self.headers | named)

    def pages(self, path: str, **query: Any) -> list[Any]:
        """All of a list, page by page."""
        answer = self.get(path, **query)
        found = list(answer.json)
        while link := answer.headers.get("Link"):
            answer = self.get(link.partition(">")[0].lstrip("<"))
            found += answer.json
        return found


def hire(company: Company, code: str, role: str, phone: str, **facts: Any) -> Staff:
    """Somebody more for a shop."""
    return Staff.create(company=company, code=code, name=code.title(), role=role, phone=phone, **facts)
