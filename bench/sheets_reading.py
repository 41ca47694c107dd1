"""How long the engine takes for a hundred thousand contacts, against only reading the xlsx with the fastest
library.

    python -m bench.sheets_reading [rows]

The floor is calamine taking every cell of the xlsx into Python, in the same run. Ours is everything up to the
rows in the parent's hands: the child's start, reading, finding the table, phones, repetitions, the account of
every row and the way back. An xls sheet ends at 65,536 rows, so its rows stand on two sheets.
"""

import contextlib
import io
import random
import statistics
import sys
import time
from collections.abc import Callable

import psutil
import python_calamine
import xlsxwriter
import xlwt

from sheets import loading

HEADER = ["Name", "Mobile", "City", "Age", "Notes"]
RUNS = 5


def main() -> None:
    """Print a line for each kind: seconds, ratio to the floor, memory of the child."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    people = _people(count)
    files = {"xlsx": _xlsx(people), "xls": _xls(people), "csv": _csv(people)}
    floor = _median(lambda: _only_read(files["xlsx"]))
    print(f"{count:,} rows; floor (calamine, xlsx): {floor:.3f} s")
    for kind, data in files.items():
        seconds = _median(lambda data=data: _load(data, count))  # type: ignore[misc]
        print(f"{kind:5} {seconds:.3f} s  {seconds / floor:.2f} x floor  child {_child_memory(data):.0f} MB")
    small = _xlsx(_people(1000))
    print(f"1,000 rows of xlsx, child's start included: {_median(lambda: _load(small, 1000)):.3f} s")


def _people(count: int) -> list[list]:
    source = random.Random(1)
    people = []
    for number in range(count):
        phone = f"{source.choice('6789')}{source.randrange(10**9):09}"
        spelled = source.choice([phone, f"+91 {phone[:5]} {phone[5:]}", f"0{phone}", f"91{phone}"])
        city = source.choice(["Pune", "Mumbai", "Delhi"])
        people.append([f"Person {number}", spelled, city, source.randrange(18, 90), f"note {number}"])
    return people


def _xlsx(people: list[list]) -> bytes:
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data)
    sheet = book.add_worksheet()
    for number, row in enumerate([HEADER, *people]):
        sheet.write_row(number, 0, row)
    book.close()
    return data.getvalue()


def _xls(people: list[list]) -> bytes:
    book = xlwt.Workbook()
    half = len(people) // 2
    for name, part in (("first", people[:half]), ("second", people[half:])):
        sheet = book.add_sheet(name)
        for number, row in enumerate([HEADER, *part]):
            for place, cell in enumerate(row):
                sheet.write(number, place, cell)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _csv(people: list[list]) -> bytes:
    return "\n".join(",".join(map(str, row)) for row in [HEADER, *people]).encode()


def _only_read(data: bytes) -> None:
    python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def _load(data: bytes, count: int) -> None:
    with loading.load(data) as sheet:
        for _ in sheet.chunks():
            pass
    assert sheet.read == count


def _median(work: Callable[[], None]) -> float:
    seconds = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds)


def _child_memory(data: bytes) -> float:
    """The most memory the child held, in MB, looked at with every chunk."""
    most = 0.0
    with loading.load(data) as sheet:
        (child,) = psutil.Process().children()
        for _ in sheet.chunks():
            with contextlib.suppress(psutil.NoSuchProcess):
                most = max(most, child.memory_info().rss / 1024 / 1024)
    return most


if __name__ == "__main__":
    main()
