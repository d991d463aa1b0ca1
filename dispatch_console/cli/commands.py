"""Where a command registers itself: argparse has no public name for what `add_subparsers` returns."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Protocol


class Commands(Protocol):
    def add_parser(self, name: str, *, help: str = ..., description: str = ...) -> ArgumentParser: ...
