"""Pictures are drawn from lines of words."""

import io

import pytest
from PIL import Image

from charts import drawing


def drawn(words: str) -> Image.Image:
    return Image.open(io.BytesIO(drawing.picture(words))).convert("RGB")


def width_of(image: Image.Image, colour: tuple[int, int, int]) -> int:
    """How far that colour reaches, in points of the picture."""
    inside = [
        x for x in range(image.width) for y in range(0, image.height, 4) if image.getpixel((x, y)) == colour
    ]
    return max(inside) - min(inside) if inside else 0


BLUE, ORANGE = (0, 114, 178), (213, 94, 0)


def test_a_bar_is_as_long_as_its_share():
    half, whole = (width_of(drawn(f"# Bob | 1 | {share}"), BLUE) for share in (0.5, 1))
    assert half == pytest.approx(whole / 2, abs=3)


@pytest.mark.parametrize("share", ["1.7", "1.0"])
def test_a_bar_never_leaves_the_picture(share):
    image = drawn(f"#! Bob | 1 | {share}")
    assert width_of(image, ORANGE) <= image.width - 128


def test_a_picture_grows_with_its_lines():
    assert drawn("= A\n# b | 1 | 0\n# c | 1 | 0").height > drawn("= A\n# b | 1 | 0").height


def test_letters_of_hindi_are_there_beside_latin_ones():
    # An empty line and one with letters nobody can draw look alike.
    nothing = drawn("- 7 \U0001f600").tobytes()
    assert drawn("- 7 दिन").tobytes() != nothing


def test_what_a_name_holds_is_drawn_as_it_stands():
    assert drawn("# <b>Rao & Sons</b> | 1 | 0.2").width == 1080


def test_a_line_of_another_kind_is_a_fault():
    with pytest.raises(ValueError, match="begins no line"):
        drawing.picture("Conversion")
