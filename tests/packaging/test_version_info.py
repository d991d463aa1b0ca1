"""The properties of the program file on Windows: what PyInstaller reads, and that they say the version."""

from __future__ import annotations

import ast
from typing import Any
from xml.etree import ElementTree

import pytest
from devkit import product, windows

KINDS = {
    "VSVersionInfo",
    "FixedFileInfo",
    "StringFileInfo",
    "StringTable",
    "StringStruct",
    "VarFileInfo",
    "VarStruct",
}


def evaluated(text: str) -> dict[str, Any]:
    """As PyInstaller does it: one expression of these kinds. Here each call becomes its name and its words."""

    def call(node: ast.expr) -> Any:
        if isinstance(node, ast.Call):
            assert isinstance(node.func, ast.Name) and node.func.id in KINDS
            words = {word.arg: call(word.value) for word in node.keywords}
            return {"kind": node.func.id, "args": [call(one) for one in node.args], **words}
        if isinstance(node, ast.List | ast.Tuple):
            return [call(one) for one in node.elts]
        return ast.literal_eval(node)

    return call(ast.parse(text.strip(), mode="eval").body)


@pytest.mark.parametrize(
    ("version", "numbers"),
    [("1.2", [1, 2, 0, 0]), ("0.1.0", [0, 1, 0, 0]), ("10.20.30.40", [10, 20, 30, 40])],
)
def test_the_version_is_in_numbers_and_in_words(version: str, numbers: list[int]) -> None:
    made = evaluated(windows.version_info(version))
    assert made["ffi"]["filevers"] == made["ffi"]["prodvers"] == numbers
    table = made["kids"][0]["args"][0][0]
    strings = dict(one["args"] for one in table["args"][1])
    assert strings["FileVersion"] == strings["ProductVersion"] == version
    assert strings["ProductName"] == product.NAME
    assert strings["OriginalFilename"].endswith(".exe")


def test_the_language_of_the_words_is_the_one_that_is_announced() -> None:
    made = evaluated(windows.version_info("1.2.3"))
    table, announced = made["kids"][0]["args"][0][0], made["kids"][1]["args"][0][0]
    language, code_page = announced["args"][1]
    assert table["args"][0] == f"{language:04X}{code_page:04X}"


def test_the_version_is_the_project_s() -> None:
    assert product.version().count(".") >= 1
    assert windows.output_name(product.version()).startswith(product.SLUG)


def test_windows_is_told_of_long_paths_and_of_utf_8() -> None:
    root = ElementTree.parse(windows.MANIFEST).getroot()
    settings = {element.tag.partition("}")[2]: element.text for element in root.iter()}
    assert (settings["longPathAware"], settings["activeCodePage"]) == ("true", "UTF-8")
