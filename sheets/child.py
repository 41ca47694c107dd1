"""What runs in the child process: a file comes in, its tables and rows go out as lines of JSON."""

import gc
import importlib
import json
import os
import sys
import threading
import traceback
import types
from pathlib import Path
from typing import BinaryIO

from sheets.limits import Limits, confine
from sheets.unreadable import Unreadable

HERE = str(Path(__file__).resolve().parent)


def main() -> None:
    """Read the request (a line of JSON, then the file), answer with lines, each an object with one key."""
    out = _own_output()
    request = json.loads(sys.stdin.buffer.readline())
    sys.excepthook = lambda kind, error, trace: _confess(out, error, trace)
    confine(Limits(*request["limits"]))
    # Nothing here is circular, and millions of cells would be looked at again and again.
    gc.disable()
    _answer(out, request, sys.stdin.buffer.read())


def _answer(out: BinaryIO, request: dict, data: bytes) -> None:
    if request.get("what"):
        _answer_listed(out, request, data)
    else:
        _answer_contacts(out, request, data)


def _answer_listed(out: BinaryIO, request: dict, data: bytes) -> None:
    from sheets import catalogue_rows, reading

    workbook = reading.read(data, request["file_name"], hidden=request["hidden"], careful=request["careful"])
    tables = catalogue_rows.find_tables(workbook, catalogue_rows.KINDS[request["what"]])
    columns = [{"sheet": table.sheet.name, "columns": table.shown} for table in tables]
    _write(out, {"about": {"columns": columns}})
    for chunk in catalogue_rows.chunks(tables):
        _write(out, {"rows": chunk})


def _answer_contacts(out: BinaryIO, request: dict, data: bytes) -> None:
    from sheets import reading

    # The parser works without Python's lock: meanwhile the phone rules are loaded.
    loading = threading.Thread(target=importlib.import_module, args=["sheets.rows"])
    loading.start()
    workbook = reading.read(data, request["file_name"], hidden=request["hidden"], careful=request["careful"])
    loading.join()
    from sheets import rows, suspicion, tables

    found = tables.find_tables(workbook, request["region"], request["mapping"])
    taken = {sheet.name for _, sheet in found}
    about = {
        "kind": workbook.kind,
        "hidden": workbook.hidden,
        "passed_over": [sheet.name for sheet in workbook.sheets if sheet.name not in taken],
        "tables": [table for table, _ in found],
    }
    _write(out, {"about": about})
    seen: dict[str, int] = {}
    for chunk in rows.chunks(found, request["region"], seen):
        _write(out, {"rows": chunk})
    _write(out, {"suspicious": suspicion.suspicious(list(seen))})


def _write(out: BinaryIO, line: dict) -> None:
    out.write(_encode(line).encode("utf-8", "replace") + b"\n")
    out.flush()


def _own_output() -> BinaryIO:
    """The pipe to the parent, out of reach of any library that prints."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return out


def _confess(out: BinaryIO, error: BaseException, trace: types.TracebackType | None) -> None:
    """Say what went wrong: a refusal, no memory left, a parser that fell over the file, or our own fault."""
    if isinstance(error, Unreadable):
        _write(out, {"unreadable": error.code, "facts": error.facts})
    elif isinstance(error, MemoryError):
        _write(out, {"unreadable": "memory", "facts": {}})
    elif isinstance(error, BrokenPipeError):
        return
    else:
        _write(out, {"unreadable": "damaged", "facts": _fault(error, trace)})


def _fault(error: BaseException, trace: types.TracebackType | None) -> dict[str, str]:
    """Where our own code failed; nothing when it was a library that could not read the file."""
    last = traceback.extract_tb(trace)[-1]
    # A panic of a native parser has no frame of its own.
    if not last.filename.startswith(HERE) or type(error).__module__ == "pyo3_runtime":
        return {}
    return {"fault": f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno}"}


_encode = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), check_circular=False, default=str
).encode

if __name__ == "__main__":
    main()
    # Everything has been flushed; taking a million cells apart one by one would only keep the parent waiting.
    os._exit(0)
