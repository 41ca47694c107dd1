"""The one call for a list of medicines or of interactions: read in a child, its rows come as a stream."""

from collections.abc import Generator, Iterator
from typing import Any

from sheets import loading


class Catalogue:
    """A list whose columns are known and whose rows are on their way; a context manager, walked once.

    columns: what was taken for what, as [{"sheet": name, "columns": [(field, letters, header)]}]
    """

    def __init__(self, answers: Generator[dict[str, Any], None, None], about: dict[str, Any]):
        self._answers = answers
        self.columns: list[dict[str, Any]] = about["columns"]

    def __enter__(self) -> "Catalogue":
        return self

    def __exit__(self, *_: object) -> None:
        self._answers.close()

    def chunks(self) -> Iterator[list[dict[str, Any]]]:
        """Lists of `{"row", "sheet", "said": {field: text}}`, as they come."""
        for answer in self._answers:
            yield answer["rows"]


def load(data: bytes, file_name: str = "", *, hidden: bool = False, what: str = "medicines") -> Catalogue:
    """Read a list of `what`, "medicines" or "interactions"; returns when the columns are known. Raises
    Unreadable."""
    answers, about = loading.begin(data, {"what": what, "file_name": file_name, "hidden": hidden})
    return Catalogue(answers, about)
