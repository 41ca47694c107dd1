"""Endpoints: a function with typed arguments becomes an address: checked, limited, described, repeatable."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, get_type_hints

from flask import Blueprint, Response, g
from pydantic import BaseModel, TypeAdapter

from api import authentication
from api.contract import limits, paging, reading, repeats
from api.contract.types import Caller
from domain import access

Function = Callable[..., Any]

# What is sent in the body or the query and how the argument for it is called; all others are of the address.
_OTHER_ARGUMENTS = ("caller", "query", "body", "form", "return")


@dataclass(frozen=True)
class Endpoint:
    """One method at one address, with all that its description needs.

    `function` takes `caller`, the parts of the address by name, and `query`, `body` or `form` if any.
    """

    method: str
    path: str
    tag: str
    function: Function
    status: int = 200
    needs: str = ""
    example: Any = None
    answers: Any = None
    # Bytes a form with files may have; everything else keeps to the limit of the whole door.
    largest: int | None = None
    # How this endpoint calls what a refusal of the domain is about: field by code.
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def hints(self) -> dict[str, Any]:
        """The types of arguments and result."""
        return get_type_hints(self.function, include_extras=True)

    @property
    def path_hints(self) -> dict[str, Any]:
        """The types of the parts of the address."""
        return {name: hint for name, hint in self.hints.items() if name not in _OTHER_ARGUMENTS}

    @property
    def query(self) -> type[BaseModel] | None:
        """The model of the query string."""
        return self.hints.get("query")

    @property
    def body(self) -> Any:
        """The type of the JSON body."""
        return self.hints.get("body")

    @property
    def form(self) -> type[BaseModel] | None:
        """The model of the form."""
        return self.hints.get("form")

    @property
    def result(self) -> Any:
        """The type of the answer; None for an answer without content."""
        result = self.hints.get("return")
        return None if result is type(None) else result

    @property
    def is_writing(self) -> bool:
        """Whether it may change something."""
        return self.method != "GET"

    @property
    def is_paged(self) -> bool:
        """Whether it is a list in pages."""
        return self.query is not None and issubclass(self.query, paging.Paged)


class Resource:
    """The endpoints of one noun; importing it does nothing but note them."""

    def __init__(self, name: str, about: str) -> None:
        self.name = name
        self.about = about
        self.blueprint = Blueprint(name, __name__)
        self.endpoints: list[Endpoint] = []

    def get(self, path: str, **facts: Any) -> Callable[[Function], Function]:
        """Note a function that only reads; `needs` is a permission."""
        return self._note("GET", path, facts)

    def post(self, path: str, **facts: Any) -> Callable[[Function], Function]:
        """Note a function that acts; it runs in one transaction."""
        return self._note("POST", path, facts)

    def put(self, path: str, **facts: Any) -> Callable[[Function], Function]:
        """Note a function that sets something; it runs in one transaction."""
        return self._note("PUT", path, facts)

    def patch(self, path: str, **facts: Any) -> Callable[[Function], Function]:
        """Note a function that changes the fields sent; it runs in one transaction."""
        return self._note("PATCH", path, facts)

    def _note(self, method: str, path: str, facts: dict[str, Any]) -> Callable[[Function], Function]:
        def note(function: Function) -> Function:
            endpoint = Endpoint(method, path, self.name, function, **facts)
            self.endpoints.append(endpoint)
            self.blueprint.add_url_rule(
                path,
                function.__name__,
                _view(endpoint),
                methods=[method],
                provide_automatic_options=False,
                # A slash more or less at the end is no other address, and nobody is sent on to it.
                strict_slashes=False,
            )
            return function

        return note


def _view(endpoint: Endpoint) -> Callable[..., Response]:
    """The function Flask calls."""
    address = {name: TypeAdapter(hint) for name, hint in endpoint.path_hints.items()}
    body = TypeAdapter(endpoint.body) if endpoint.body is not None else None
    result = TypeAdapter(endpoint.result) if endpoint.result is not None else None

    def view(**values: Any) -> Response:
        g.fields = endpoint.fields
        caller = Caller(authentication.require())
        limits.check(caller)
        if endpoint.needs:
            access.require(caller.staff, endpoint.needs)
        arguments = reading.path(address, values)
        if endpoint.query is not None:
            arguments["query"] = reading.query(endpoint.query)
        if body is not None:
            arguments["body"] = reading.body(body)
        if endpoint.form is not None:
            arguments["form"] = reading.form(endpoint.form, endpoint.largest)

        def answer() -> Response:
            said = endpoint.function(caller, **arguments)
            if result is None:
                return Response(status=204, headers=caller.headers)
            headers = {**paging.link(), **caller.headers}
            return Response(result.dump_json(said), endpoint.status, headers, mimetype="application/json")

        return repeats.once(caller, answer) if endpoint.is_writing else answer()

    return view
