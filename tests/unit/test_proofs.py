"""A file becomes the proof of a route or an order: by the codes in it, by its name, or by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from numpy.typing import NDArray

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderId
from dispatch_console.domain.proofs import MOST_BYTES, ProofKind
from dispatch_console.manifests import codes
from dispatch_console.services import proofs
from dispatch_console.services.proofs import How, Target
from tests.factories import small_day

ADA, BEN = ShiftId(1), ShiftId(2)
SHEET, PHOTO, SIGNATURE = ProofKind.SHEET, ProofKind.PHOTO, ProofKind.SIGNATURE


def _page(*texts: str, turned: int = 0) -> NDArray[np.uint8]:
    """A white page with Code 128 codes below one another."""
    page = np.full((200 * len(texts) + 100, 900), 255, np.uint8)
    for i, text in enumerate(texts):
        made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128)
        drawn = np.array(zxingcpp.write_barcode_to_image(made, scale=2), copy=True)
        page[60 + 200 * i : 60 + 200 * i + drawn.shape[0], 60 : 60 + drawn.shape[1]] = drawn
    return np.ascontiguousarray(np.rot90(page, turned))


@pytest.mark.parametrize("turned", [0, 1, 2])
def test_codes_are_read_from_a_scan_however_it_lies(turned: int) -> None:
    sheet, order = codes.sheet(ADA, 3), codes.order(OrderId(4))
    assert set(proofs.codes_in(_page(sheet, order, turned=turned))) == {sheet, order}


def test_a_picture_without_a_code_gives_none() -> None:
    assert proofs.codes_in(np.full((300, 300), 200, np.uint8)) == []


@pytest.mark.parametrize(
    ("texts", "name", "expected"),
    [
        # The sheet's own code counts, although the stops' are on it too.
        ([codes.order(OrderId(1)), codes.sheet(BEN, 2)], "scan.jpg", Target(BEN, None, SHEET, How.BARCODE)),
        ([codes.piece(OrderId(4), 1)], "IMG_0001.jpg", Target(BEN, OrderId(4), PHOTO, How.BARCODE)),
        ([codes.order(OrderId(6))], "x.jpg", Target(ADA, OrderId(6), PHOTO, How.BARCODE)),
        (["4006381333931"], "A2.png", Target(ADA, OrderId(2), PHOTO, How.NAME)),
        ([], "signature-A4.png", Target(BEN, OrderId(4), SIGNATURE, How.NAME)),
        ([], "Sheet Ben_Rook 2.pdf", Target(BEN, None, SHEET, How.NAME)),
        ([], "A22.png", Target(ADA, None, SHEET, How.HAND)),
    ],
)
def test_whose_proof_it_is(texts: list[str], name: str, expected: Target) -> None:
    assert proofs.target(small_day(), ADA, texts, name) == expected


def test_by_hand_it_is_the_chosen_order_s() -> None:
    found = proofs.target(small_day(), ADA, [], "IMG_1.jpg", OrderId(3))
    assert found == Target(ADA, OrderId(3), PHOTO, How.HAND)


def test_a_sheet_of_another_day_is_refused() -> None:
    with pytest.raises(UserError, match="sheet of another day"):
        proofs.target(small_day(), ADA, [codes.sheet(ShiftId(77), 1)], "scan.jpg")


def test_what_a_file_is_follows_from_its_bytes(tmp_path: Path) -> None:
    for name, data, expected in (
        ("a.txt", b"\x89PNG\r\n\x1a\n....", "image/png"),
        ("b.png", b"\xff\xd8\xff\xe0....", "image/jpeg"),
        ("c.bin", b"%PDF-1.7 ...", "application/pdf"),
        ("d", b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        assert proofs.read_file(path) == (name, expected, data)


def test_what_is_no_picture_gets_one_sentence(tmp_path: Path) -> None:
    word, empty, large = tmp_path / "letter.docx", tmp_path / "empty.jpg", tmp_path / "large.jpg"
    word.write_bytes(b"PK\x03\x04 a letter")
    empty.write_bytes(b"")
    large.write_bytes(b"\xff\xd8\xff" + bytes(MOST_BYTES))
    for path, said in (
        (word, r"letter\.docx is no picture\. Pictures .* and PDF are kept\."),
        (empty, "empty"),
        (large, "larger than 10 MB"),
        (tmp_path / "gone.jpg", "cannot be read"),
    ):
        with pytest.raises(UserError, match=said):
            proofs.read_file(path)
