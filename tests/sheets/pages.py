"""PDF files with texts and lines at given places, as a billing program prints them."""

Page = tuple[list[tuple[int, int, str]], list[tuple[int, int, int, int]]]


def table(rows: list[list[str]], widths: list[int], ruled: bool) -> Page:
    """A page with a table; a line end inside a cell wraps it."""
    lefts = [40 + sum(widths[:place]) for place in range(len(widths) + 1)]
    texts, edges, top = [], [780], 780
    for row in rows:
        for left, cell in zip(lefts, row, strict=False):
            texts += [(left + 3, top - 11 - 10 * line, text) for line, text in enumerate(cell.split("\n"))]
        top -= 16 + 10 * max(cell.count("\n") for cell in row)
        edges.append(top)
    if not ruled:
        return texts, []
    across = [(lefts[0], edge, lefts[-1], edge) for edge in edges]
    return texts, across + [(left, edges[0], left, edges[-1]) for left in lefts]


def pdf(pages: list[Page]) -> bytes:
    """A file of these pages."""
    objects = ["<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", ""]
    kids = []
    for texts, lines in pages:
        drawing = [f"{x0} {y0} m {x1} {y1} l S" for x0, y0, x1, y1 in lines]
        drawing += [f"BT /F1 9 Tf {x} {y} Td ({_escaped(text)}) Tj ET" for x, y, text in texts]
        stream = "\n".join(drawing)
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 1 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    objects.append("<< /Type /Catalog /Pages 2 0 R >>")
    return _file(objects)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _file(objects: list[str]) -> bytes:
    out, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    start = out.rindex("xref")
    out += f"trailer << /Size {len(objects) + 1} /Root {len(objects)} 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return out.encode("latin-1")
