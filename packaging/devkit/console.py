"""Talk to the person at the terminal, start other programs, and say plainly which step failed.

All progress goes to stderr: stdout belongs to the program that is started.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class StepFailed(Exception):
    """A step of the set-up failed: which one, why, and what to do about it."""

    def __init__(self, step: str, why: str, advice: str) -> None:
        super().__init__(f"{step}: {why}\n  What to do: {advice}")


def say(text: str) -> None:
    print(f"dev: {text}", file=sys.stderr, flush=True)


def run_step(step: str, command: Sequence[str], advice: str, environment: Mapping[str, str] | None = None) -> None:
    """Run a command with its output shown on stderr. Raises StepFailed if it does not end with 0."""
    code = try_step(command, environment)
    if code != 0:
        raise StepFailed(step, f"`{' '.join(command[:4])} …` ended with {code}", advice)


def try_step(command: Sequence[str], environment: Mapping[str, str] | None = None) -> int:
    """Run a command with its output shown on stderr; its exit code, 127 if it cannot be started."""
    try:
        return subprocess.call(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=sys.stderr.fileno()
        )
    except OSError as error:
        say(f"{command[0]}: {error}")
        return 127


def ask(command: Sequence[str], timeout: float = 30) -> str | None:
    """What a command prints on stdout; None if it cannot be started, fails, or takes too long."""
    try:
        answer = finished(command, timeout, subprocess.DEVNULL)
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout if answer.returncode == 0 else None


def finished(
    command: Sequence[str],
    timeout: float,
    errors: int | None = subprocess.STDOUT,
    environment: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """A command that has ended, with what it printed; `errors`: where its stderr goes, beside the rest or (None) to
    ours. Raises OSError if it cannot be started, subprocess.TimeoutExpired if it takes too long."""
    return subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=errors,
        encoding="utf-8",
        errors="replace",
        timeout=timeout,
        check=False,
    )


def hand_over(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Become that command where the system can, so that signals and the exit code are its own; else wait for it."""
    if os.name == "posix":
        sys.stdout.flush()
        sys.stderr.flush()
        os.chdir(ROOT)
        os.execve(command[0], list(command), dict(environment))
    return run_visible(command, environment)


def run_visible(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run a command on this terminal and wait for it; Ctrl+C is left to it. Its exit code."""
    with subprocess.Popen(command, cwd=ROOT, env=dict(environment)) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue
