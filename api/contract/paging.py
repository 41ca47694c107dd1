"""Lists in pages: each goes on by key where the last one ended, so that no page costs more than the first."""

import base64
import binascii
import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, TypeVar

from flask import request, url_for
from peewee import Field as Column
from peewee import Model, ModelSelect
from pydantic import Field

from api.contract import errors
from api.contract.types import Sent

Row = TypeVar("Row", bound=Model)

DEFAULT = 100
MOST = 1000


class Paged(Sent):
    """What every list takes."""

    limit: Annotated[int, Field(ge=1, le=MOST, description="So many at most on one page.")] = DEFAULT
    cursor: Annotated[
        str | None,
        Field(
            min_length=1,
            max_length=300,
            description="Where the page begins: taken from the address in `Link`, never made up.",
            json_schema_extra={"format": "cursor"},
        ),
    ] = None


def page(
    rows: "ModelSelect[Row]", keys: tuple[Column, ...], paged: Paged, *, newest_first: bool = False
) -> list[Row]:
    """The page of `rows` that `paged` asks for, in the order of `keys`; the last key is unique.

    The address of the page after it goes into the header `Link`.
    """
    if paged.cursor is not None:
        rows = rows.where(_beyond(keys, _read(paged.cursor, keys), newest_first))
    order = [key.desc() if newest_first else key.asc() for key in keys]
    found = list(rows.order_by(*order).limit(paged.limit + 1))
    if len(found) > paged.limit:
        found = found[: paged.limit]
        _go_on_from([getattr(found[-1], key.name) for key in keys])
    return found


def beyond(fetch: Callable[[int, int], list[Row]], paged: Paged) -> list[Row]:
    """The same for a domain's own list, which `fetch` gives from the row after an id on, so many at most."""
    after = 0
    if paged.cursor is not None:
        [after] = _values(paged.cursor, 1)
        if type(after) is not int or not 0 <= after < 2**31:
            raise _made_up()
    found = fetch(after, paged.limit + 1)
    if len(found) > paged.limit:
        found = found[: paged.limit]
        _go_on_from([found[-1].get_id()])
    return found


def slice_of(found: list[Any], paged: Paged) -> list[Any]:
    """The same for a list that is short by its nature and made anew each time: paged by position."""
    start = 0
    if paged.cursor is not None:
        [start] = _values(paged.cursor, 1)
        if type(start) is not int or start < 0:
            raise _made_up()
    if len(found) > start + paged.limit:
        _go_on_from([start + paged.limit])
    return found[start : start + paged.limit]


def link() -> dict[str, str]:
    """The header that leads to the next page of this request's list, if there is one."""
    following = request.environ.get("desk.next_page")
    if following is None:
        return {}
    again: dict[str, Any] = {**request.args.to_dict(), **(request.view_args or {}), "cursor": following}
    return {"Link": f'<{url_for(str(request.endpoint), **again)}>; rel="next"'}


def _beyond(keys: tuple[Column, ...], values: list[Any], newest_first: bool) -> Any:
    """(a, b) > (x, y), written out, because an index serves it on both databases."""
    first, value = keys[0], values[0]
    further = first < value if newest_first else first > value
    if len(keys) == 1:
        return further
    return further | ((first == value) & _beyond(keys[1:], values[1:], newest_first))


def _go_on_from(values: list[Any]) -> None:
    written = json.dumps([_plain(value) for value in values], separators=(",", ":"))
    request.environ["desk.next_page"] = base64.urlsafe_b64encode(written.encode()).decode().rstrip("=")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def _read(cursor: str, keys: tuple[Column, ...]) -> list[Any]:
    values = _values(cursor, len(keys))
    return [_typed(value, key) for value, key in zip(values, keys, strict=True)]


def _values(cursor: str, count: int) -> list[Any]:
    try:
        values = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True))
    except (binascii.Error, ValueError):
        raise _made_up() from None
    if not isinstance(values, list) or len(values) != count:
        raise _made_up()
    return values


def _typed(value: Any, key: Column) -> Any:
    kind = {"DATE": date, "DATETIME": datetime}.get(key.field_type)
    if kind is None:
        if type(value) is not int or not 0 <= value < 2**31:
            raise _made_up()
        return value
    try:
        read = kind.fromisoformat(value)
    except (TypeError, ValueError):
        raise _made_up() from None
    if isinstance(read, datetime) and read.tzinfo is None:
        raise _made_up()
    return read


def _made_up() -> errors.Refused:
    return errors.invalid("cursor", "There is no such page; take the address from the header Link.")
