"""The one call for a file of contacts: read in a child process, its rows come as a stream."""

import json
from collections import Counter
from collections.abc import Generator, Iterator, Mapping
from typing import Any

from sheets import sandbox
from sheets.limits import MEGABYTE, Limits
from sheets.rows import DUPLICATE, INVALID, OK, SKIPPED, Chunk, SheetRow, received, restored
from sheets.tables import Table
from sheets.unreadable import CODES, Unreadable
from sheets.workbook import Column

# Larger files are refused without looking; a hundred thousand contacts take four.
MAX_BYTES = 64 * MEGABYTE
LIMITS = Limits()


class Loaded:
    """A file whose tables are known and whose rows are on their way; a context manager, to be walked once.

    tables: what was taken for what
    kind: "xlsx", "csv", "pdf" …
    hidden, passed_over: names of hidden sheets left out, and of sheets without phones
    counts: rows by status so far; their sum is `read`
    repairs: repairs by code so far
    suspicious: once all rows are through, whether the list looks machine-made
    """

    def __init__(self, answers: Generator[dict[str, Any], None, None], about: dict[str, Any]):
        self._answers = answers
        self.kind: str = str(about["kind"])
        self.hidden: list[str] = [str(name) for name in about["hidden"]]
        self.passed_over: list[str] = [str(name) for name in about["passed_over"]]
        self.tables: list[Table] = [_table(*fields) for fields in about["tables"]]
        self.counts: Counter[str] = Counter({OK: 0, DUPLICATE: 0, INVALID: 0, SKIPPED: 0})
        self.repairs: Counter[str] = Counter()
        self.suspicious = False

    @property
    def read(self) -> int:
        """How many rows have come."""
        return self.counts.total()

    def __enter__(self) -> "Loaded":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the child, whether or not all rows were taken."""
        self._answers.close()

    def __iter__(self) -> Iterator[SheetRow]:
        for chunk in self.chunks():
            yield from restored(chunk)

    def chunks(self) -> Iterator[Chunk]:
        """The rows by column, thousands at a time, as they come. Raises Unreadable if the child gives up."""
        try:
            for answer in self._answers:
                if "rows" in answer:
                    yield self._counted(received(answer["rows"]))
                else:
                    self.suspicious = bool(answer["suspicious"])
        except _OutOfMemory:
            raise Unreadable("too_large") from None

    def _counted(self, chunk: Chunk) -> Chunk:
        self.counts[OK] += len(chunk.phones) - len(chunk.odd)
        for row in chunk.odd:
            self.counts[row.status] += 1
            self.repairs.update(row.repairs)
        return chunk


def load(
    data: bytes,
    file_name: str = "",
    *,
    region: str = "IN",
    mapping: Mapping[str, str] | None = None,
    hidden: bool = False,
) -> Loaded:
    """Read a file of contacts. `mapping` is what `sheets.mapping.parse_mapping` gives; `hidden` adds those.

    Returns when the tables are found. Raises Unreadable, here or while the rows are walked.
    """
    answers, about = begin(
        data, {"file_name": file_name, "region": region, "mapping": dict(mapping or {}), "hidden": hidden}
    )
    return Loaded(answers, about)


def begin(
    data: bytes, request: dict[str, Any]
) -> tuple[Generator[dict[str, Any], None, None], dict[str, Any]]:
    """The child's answers to `request` about a file, and the first of them: what it is. Raises Unreadable."""
    if len(data) > MAX_BYTES:
        raise Unreadable("too_large")
    request = {**request, "limits": LIMITS, "careful": False}
    try:
        return _begin(request, data)
    except _OutOfMemory:
        if not data.startswith(b"PK"):
            raise Unreadable("too_large") from None
    try:
        return _begin({**request, "careful": True}, data)
    except _OutOfMemory:
        raise Unreadable("too_large") from None


class _OutOfMemory(Exception):
    """The child needed more than it may have, or was ended by a fault in native code."""


def _begin(
    request: dict[str, Any], data: bytes
) -> tuple[Generator[dict[str, Any], None, None], dict[str, Any]]:
    answers = _answers(sandbox.run(json.dumps(request).encode() + b"\n" + data, request["limits"]))
    first = next(answers, None)
    if first is None:
        raise Unreadable("damaged")
    return answers, first["about"]


def _answers(lines: Generator[bytes, None, None]) -> Generator[dict[str, Any], None, None]:
    try:
        for line in lines:
            answer = json.loads(line)
            if "unreadable" in answer:
                raise _refusal(answer["unreadable"], answer["facts"])
            yield answer
    except sandbox.Crashed as crash:
        raise Unreadable("too_large") if crash.out_of_time else _OutOfMemory from crash
    finally:
        lines.close()


def _refusal(code: str, facts: dict[str, Any]) -> Exception:
    if code == "memory":
        return _OutOfMemory()
    return Unreadable(code if code in CODES else "damaged", **facts)


def _table(sheet: str, header_row: int, first_row: int, columns: list[list]) -> Table:
    return Table(sheet, header_row, first_row, tuple(Column(*column) for column in columns))
