"""Set up, run and check the project: `python3 packaging/dev.py run` (Windows: `py packaging\\dev.py run`).

Standard library only, from any Python 3.9 or newer; the program itself runs in `.venv`, which this makes.
This file and what it says about old versions must stay readable by old Pythons: no newer syntax here.
"""
# pyright: reportTypeCommentUsage=false

import sys

OLDEST = (3, 9)

USAGE = """usage: python3 packaging/dev.py COMMAND [ARGS...]

  run  [ARGS...]   the console with the sample depot; with ARGS: main.py ARGS
  test [ARGS...]   the whole test suite; with ARGS: pytest ARGS
  lint             format, style, types, floors, migrations in step with the models
  system           on Linux, as root: the libraries and programs of the system that Qt and the tests need
  lock [ARGS...]   recompile packaging/requirements/*.txt; --upgrade for newer versions
  wheels           ask the index: has every package of the locks a wheel for Windows and for Linux?
  audit            look up known faults of the packages that we ship; fails if there are any
  sbom [--out F]   list the parts of what we ship (CycloneDX JSON), with hashes and licences
  licences [--out F]
                   collect the licences of what we ship, with their texts
  freeze [--smoke] the program as a folder that needs no Python, in dist/; on Linux also as .tar.gz
  smoke [ARGS...]  try what `freeze` has made: no Python, no network, an empty home (Linux)
  installer [--try]
                   on Windows: one file that installs what `freeze` has made
  sign FILE        on Windows: sign a file, if a certificate is given

The first use sets everything up; later uses start at once.
"""


def main(arguments):
    # type: (list[str]) -> int | str
    """The exit code, or the sentence to end with."""
    if sys.version_info < OLDEST:
        return (
            "This script needs Python 3.9 or newer, and this is Python %d.%d (%s). "
            "Start it with a newer one, for example: python3.12 packaging/dev.py run"
            % (sys.version_info[0], sys.version_info[1], sys.executable)
        )
    from devkit import commands

    command, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if command in ("", "-h", "--help", "help"):
        print(USAGE)
        return 0 if command else 2
    if command not in commands.COMMANDS:
        return "There is no command '%s'.\n\n%s" % (command, USAGE)
    return commands.start(command, rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
