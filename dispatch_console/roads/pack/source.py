"""The file a pack is made from: whether it is an extract at all."""

from __future__ import annotations

from pathlib import Path

from dispatch_console.domain.errors import UserError


def check(pbf: Path) -> None:
    """UserError if `pbf` is not there or does not begin like an extract. Reads a few bytes."""
    if not pbf.is_file():
        raise UserError(f"{pbf} is not there. Choose a file that ends in .osm.pbf.")
    try:
        with pbf.open("rb") as file:
            start = file.read(64)
    except OSError as error:
        raise UserError(f"{pbf} cannot be read ({error.strerror}). Choose another file.") from error
    if b"OSMHeader" not in start:
        raise UserError(
            f"{pbf} is not an OpenStreetMap extract. Download a file that ends in .osm.pbf and choose that."
        )


def damaged(pbf: Path | str) -> UserError:
    """What is said of an extract that begins well and cannot be read to its end."""
    return UserError(f"{pbf} is cut off or damaged. Download it again; compare its size with the one on the page.")
