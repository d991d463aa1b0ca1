"""The installer's script, read here because it can only be compiled on Windows: names, files, languages, code."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path, PureWindowsPath

import platformdirs.windows
import pytest
from devkit import product, windows
from devkit.console import ROOT, StepFailed

from dispatch_console.cli import main
from dispatch_console.domain import file_kinds
from dispatch_console.services import logs, workstation
from dispatch_console.store import location
from tests.packaging import inno

SCRIPT = inno.read(windows.SCRIPT.read_text(encoding="utf-8"))
SETUP = SCRIPT.directives()
NAMES = dict(word[2:].split("=", 1) for word in windows.defines("1.2.3", signed=False))

#: Translations that come with Inno Setup 6.
INNO_SPEAKS = {
    "BrazilianPortuguese", "Bulgarian", "Catalan", "Corsican", "Czech", "Danish", "Dutch", "Finnish", "French",
    "German", "Hebrew", "Hungarian", "Italian", "Japanese", "Norwegian", "Polish", "Portuguese", "Russian",
    "Slovak", "Slovenian", "Spanish", "Turkish", "Ukrainian",
}  # fmt: skip


def test_every_name_is_given_and_every_given_name_is_used() -> None:
    asked_first = {"Version"}  # by #ifndef
    assert SCRIPT.used() | asked_first == set(NAMES)


def test_an_installation_is_found_again_by_the_same_id_for_ever() -> None:
    assert SETUP["AppId"] == "{{AACA92E5-6A06-4F8C-B9DA-26551D71196A}"


def test_names_and_version_come_from_one_place() -> None:
    spoken = [line for lines in SCRIPT.sections.values() for line in lines if not line.startswith("#")]
    assert [line for line in spoken if product.NAME in line or product.SLUG in line] == []
    assert [line for line in spoken if re.search(r"\b\d+\.\d+\.\d+\b", line)] == [
        f"MinVersion={SETUP['MinVersion']}"
    ]
    assert NAMES["Version"] == "1.2.3"
    assert NAMES["FourNumbers"] == "1.2.3.0"


def test_without_rights_or_for_all_as_whoever_installs_it_says() -> None:
    assert SETUP["PrivilegesRequired"] == "lowest"
    assert set(SETUP["PrivilegesRequiredOverridesAllowed"].split()) == {"commandline", "dialog"}
    assert SETUP["DefaultDirName"].startswith("{autopf}")
    assert {entry["Root"] for entry in SCRIPT.entries("Registry")} == {"HKA"}
    assert all(entry["Name"].startswith("{auto") for entry in SCRIPT.entries("Icons"))


def test_a_running_program_is_asked_and_never_forced() -> None:
    assert SETUP["CloseApplications"] == "yes"
    before, removed = SCRIPT.code.split("CurStep = ssPostInstall")
    assert "IsRunning()" in before.split("procedure CurStepChanged")[1]
    assert "Abort" in before
    assert "IsRunning()" in removed.split("function InitializeUninstall")[1]


def test_every_file_of_the_script_is_there_or_in_the_frozen_folder() -> None:
    frozen = {rf"{product.FROZEN}\{name}.exe" for name in (product.SLUG, product.COMMAND)}
    frozen.add(rf"{product.FROZEN}\{product.CONTENTS}\*")
    assert {inno.filled(entry["Source"], NAMES) for entry in SCRIPT.entries("Files")} == frozen
    assert windows.ICON.is_file()
    assert inno.filled(SETUP["SetupIconFile"], NAMES) == str(windows.ICON)
    messages = [entry["MessagesFile"] for entry in SCRIPT.entries("Languages")]
    translations = {name.partition("\\")[2].removesuffix(".isl") for name in messages if "\\" in name}
    assert translations <= INNO_SPEAKS
    assert "compiler:Default.isl" in messages


def test_what_is_installed_is_what_is_started_shown_and_opened() -> None:
    program = rf"{{app}}\{product.SLUG}.exe"
    started = [entry["Filename"] for section in ("Icons", "Run") for entry in SCRIPT.entries(section)]
    assert {inno.filled(name, NAMES) for name in started} == {program}
    assert inno.filled(SETUP["UninstallDisplayIcon"], NAMES) == program
    (command,) = (entry["ValueData"] for entry in SCRIPT.entries("Registry") if "command" in entry["Subkey"])
    assert inno.filled(command, NAMES) == f'"{program}" "%1"'


def test_the_file_type_is_registered_and_taken_away() -> None:
    keys = {inno.filled(entry["Subkey"], NAMES): entry for entry in SCRIPT.entries("Registry")}
    suffix = keys[rf"Software\Classes\{product.SUFFIX}"]
    assert inno.filled(suffix["ValueData"], NAMES) == product.FILE_TYPE
    assert "uninsdeletevalue" in suffix["Flags"]  # another program may have taken the suffix since
    assert keys[rf"Software\Classes\{product.FILE_TYPE}"]["Flags"] == "uninsdeletekey"
    assert SETUP["ChangesAssociations"] == "yes"


def test_the_program_opens_what_windows_hands_it() -> None:
    """`"%1"`: a whole path, with blanks and umlauts."""
    assert product.SUFFIX == file_kinds.DAY
    seen: list[argparse.Namespace] = []
    path = rf"C:\Fahrten\Jörg Müller\Mo 23. Nov{product.SUFFIX}"

    def window(arguments: argparse.Namespace) -> int:
        seen.append(arguments)
        return 0

    assert main.run([path], window) == 0
    assert [(arguments.command, str(arguments.day_file)) for arguments in seen] == [(None, path)]


def test_an_update_removes_old_files_of_the_program_and_nothing_else() -> None:
    (removed,) = SCRIPT.entries("InstallDelete")
    assert inno.filled(removed["Name"], NAMES) == rf"{{app}}\{product.CONTENTS}"


def test_uninstalling_leaves_the_data_and_says_where() -> None:
    (removed,) = SCRIPT.entries("UninstallDelete")
    assert removed["Name"] == rf"{{app}}\{workstation.FILE}"
    assert "DataStays" in SCRIPT.code
    assert r"{localappdata}\{#Name}" in SCRIPT.code


def test_the_data_lies_where_the_uninstaller_says(monkeypatch: pytest.MonkeyPatch) -> None:
    home = r"C:\Users\Jörg Müller\AppData\Local"
    monkeypatch.setenv("WIN_PD_OVERRIDE_LOCAL_APPDATA", home)
    assert location.APP == logs.APP == product.NAME
    there = PureWindowsPath(home, NAMES["Name"])
    folders = platformdirs.windows.Windows(location.APP, appauthor=False)
    assert PureWindowsPath(folders.user_data_dir) == PureWindowsPath(folders.user_config_dir) == there
    assert PureWindowsPath(folders.user_log_dir).is_relative_to(there)
    assert PureWindowsPath(folders.user_cache_dir).is_relative_to(there)


def test_every_language_has_every_message_and_no_message_is_idle() -> None:
    languages = {entry["Name"] for entry in SCRIPT.entries("Languages")}
    messages = SCRIPT.messages()
    assert {name: set(texts) for name, texts in messages.items()} == dict.fromkeys(messages, languages)
    used = set(re.findall(r"CustomMessage\('(\w+)'\)", SCRIPT.code))
    used |= set(re.findall(r"\{cm:(\w+)\}", "\n".join(SCRIPT.sections["Registry"])))
    assert used == set(messages)
    marks = {name: {text.count("%1") for text in texts.values()} for name, texts in messages.items()}
    assert {name for name, counts in marks.items() if counts != {0}} == {"DataStays"}


def test_the_program_understands_what_the_installer_tells_it() -> None:
    said = re.findall(r"'([^']*)'", SCRIPT.code.split("procedure RollOut")[1].split("if not Exec")[0])
    words = [word for text in said for word in text.replace('"', "").split() if not word.startswith("{")]
    assert words == ["workstation", "--language", "--use-store"]
    arguments = main.parser(["workstation"]).parse_args(
        ["workstation", "--language", "de", "--use-store", "postgresql://depot.example/dispatch"]
    )
    assert (arguments.language, arguments.use_store) == ("de", "postgresql://depot.example/dispatch")


@pytest.mark.parametrize("language", [entry["Name"] for entry in SCRIPT.entries("Languages")])
def test_every_language_of_the_installer_is_one_of_the_program(language: str) -> None:
    assert workstation.checked_language(language) == language


def test_blocks_of_the_code_are_closed() -> None:
    words = re.findall(r"\b(begin|try|case|end)\b", SCRIPT.code)
    assert len(words) - words.count("end") == words.count("end")
    assert SCRIPT.code.count("(") == SCRIPT.code.count(")")
    assert SCRIPT.code.count("'") % 2 == 0


def test_no_path_of_a_machine_is_in_the_script() -> None:
    assert not re.search(r"\b[A-Za-z]:\\", windows.SCRIPT.read_text(encoding="utf-8"))


def test_elsewhere_one_sentence_says_that_it_needs_windows() -> None:
    if sys.platform == "win32":
        pytest.skip("there it would make one")
    done = subprocess.run(
        [sys.executable, str(ROOT / "packaging" / "dev.py"), "installer"],
        stderr=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "on Windows only" in done.stderr


def test_it_reads_of_the_parameters_and_the_exit_code_that_the_installer_has() -> None:
    page = (ROOT / "packaging" / "README.md").read_text(encoding="utf-8")
    found = re.search(r"NotRolledOut = (\d+);", SCRIPT.code)
    assert found is not None
    assert f"| {found[1]} | installed, but the address" in page
    parameters = set(re.findall(r"\{param:(\w+)", SCRIPT.code)) | {"ALLUSERS", "CURRENTUSER", "LANG"}
    assert [name for name in parameters if f"`/{name}" not in page] == []
    languages = [entry["Name"] for entry in SCRIPT.entries("Languages")]
    assert all(f"`{language}`" in page.replace("/LANG=", "") for language in languages)


def test_the_installer_is_of_the_version_that_was_frozen(tmp_path: Path) -> None:
    with pytest.raises(StepFailed, match="there is no program"):
        windows.frozen_version(tmp_path)
    (tmp_path / product.CONTENTS).mkdir()
    (tmp_path / product.CONTENTS / "version.txt").write_text(f"{product.version()}+dirty\n", encoding="utf-8")
    version = windows.frozen_version(tmp_path)
    assert windows.output_name(version).endswith("+dirty-setup")
    assert f"/DFourNumbers={'.'.join(map(str, product.four_numbers(product.version())))}" in windows.defines(
        version, signed=False
    )
    (tmp_path / product.CONTENTS / "version.txt").write_text("99.0\n", encoding="utf-8")
    with pytest.raises(StepFailed, match=r"99\.0 is frozen"):
        windows.frozen_version(tmp_path)


def test_the_runtime_of_c_plus_plus_comes_along(tmp_path: Path) -> None:
    inside = tmp_path / product.CONTENTS
    inside.mkdir()
    for name in ("vcruntime140.dll", "vcruntime140_1.dll"):  # Python's own
        (inside / name).touch()
    with pytest.raises(StepFailed, match=r"lacks msvcp140\.dll"):
        windows.need_runtime(tmp_path)
    (inside / "msvcp140.dll").touch()
    windows.need_runtime(tmp_path)


def test_words_that_are_not_understood_are_said() -> None:
    with pytest.raises(StepFailed, match="--fast"):
        windows.run(["--fast"])
