"""The icon: drawn from our own drawing, in every size that Windows shows."""

from __future__ import annotations

import io

import icon
import pytest
from PIL import IcoImagePlugin, Image, ImageChops
from PySide6.QtWidgets import QApplication

from dispatch_console.ui.theme import apply

BLUE = (0x24, 0x56, 0xC8)


def picture_of(file: bytes, size: int) -> Image.Image:
    with Image.open(io.BytesIO(file)) as opened:
        assert isinstance(opened, IcoImagePlugin.IcoImageFile)
        assert opened.ico.sizes() == {(one, one) for one in icon.SIZES}
        return opened.ico.getimage((size, size)).convert("RGBA")


def test_the_icon_in_the_repository_is_what_the_drawing_says(qapp: QApplication) -> None:
    kept, made = icon.ICON.read_bytes(), icon.icon()
    for size in icon.SIZES:  # by what is seen: how tightly a PNG is packed is the library's affair
        difference = ImageChops.difference(picture_of(kept, size), picture_of(made, size))
        assert max(highest for _, highest in difference.getextrema()) <= 2, size


@pytest.mark.parametrize("size", icon.SIZES)
def test_every_size_shows_the_drawing(size: int) -> None:
    picture = picture_of(icon.ICON.read_bytes(), size)
    assert picture.size == (size, size)
    assert picture.getpixel((0, 0))[3] < 128  # the corner is round
    assert picture.getpixel((size // 2, size - 1 - size // 8))[:3] == BLUE
    colours = {pixel[:3] for _, pixel in picture.getcolors(size * size) if pixel[3] == 255}
    assert any(min(colour) > 240 for colour in colours)  # the way is white
    assert any(colour[0] > 220 and colour[2] < 100 for colour in colours)  # where it ends is yellow


def test_all_windows_have_it(qapp: QApplication) -> None:
    apply.set_up(qapp, dark=False)
    picture = qapp.windowIcon().pixmap(32, 32).toImage()
    assert picture.pixelColor(16, 28).getRgb()[:3] == BLUE
