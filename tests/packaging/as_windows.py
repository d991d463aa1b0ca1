"""Run by a test in a process of its own: imports every module of ours on a Python reduced to what Windows has.

What others wrote is imported before: it has its own tests on Windows. Prints JSON: how many modules, what failed.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import json
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
OURS = "dispatch_console"

#: Modules that Windows has none of.
MODULES = (
    "fcntl pwd grp resource termios tty pty syslog readline curses posix spwd crypt nis _posixsubprocess".split()
)

#: What is missing there of modules that it has (from typeshed, whose lists follow the documentation).
MISSING: dict[ModuleType, str] = {
    os: """
        chown chroot confstr copy_file_range ctermid environb eventfd fchdir fchmod fchown fdatasync fork
        forkpty fpathconf fstatvfs fwalk getegid getenvb geteuid getgid getgrouplist getgroups getloadavg
        getpgid getpgrp getpriority getrandom getresgid getresuid getsid getuid getxattr initgroups killpg
        lchown listxattr lockf major makedev memfd_create minor mkfifo mknod nice openpty pathconf
        pidfd_open pipe2 posix_fadvise posix_fallocate posix_spawn posix_spawnp pread preadv pwrite pwritev
        readv register_at_fork removexattr sched_getaffinity sched_getparam sched_getscheduler
        sched_setaffinity sched_setscheduler sched_yield sendfile setegid seteuid setgid setgroups setns
        setpgid setpgrp setpriority setregid setresgid setresuid setreuid setsid setuid setxattr spawnlp
        spawnlpe spawnvp spawnvpe splice statvfs sync sysconf tcgetpgrp tcsetpgrp ttyname uname unshare wait
        wait3 wait4 waitid writev O_ASYNC O_CLOEXEC O_DIRECT O_DIRECTORY O_DSYNC O_NDELAY O_NOATIME O_NOCTTY
        O_NOFOLLOW O_NONBLOCK O_PATH O_SYNC PRIO_PROCESS RTLD_GLOBAL RTLD_NOW SCHED_IDLE SCHED_BATCH
        WEXITSTATUS WIFEXITED WIFSIGNALED WNOHANG WTERMSIG EX_OK EX_USAGE EX_SOFTWARE
    """,
    signal: """
        SIGALRM SIGBUS SIGCHLD SIGCONT SIGHUP SIGIO SIGKILL SIGPIPE SIGPROF SIGQUIT SIGSTOP SIGTSTP SIGTTIN
        SIGTTOU SIGURG SIGUSR1 SIGUSR2 SIGVTALRM SIGWINCH SIGXCPU SIG_BLOCK SIG_SETMASK SIG_UNBLOCK alarm
        getitimer pause pthread_kill pthread_sigmask setitimer siginterrupt sigpending sigtimedwait sigwait
        sigwaitinfo
    """,
    socket: "AF_UNIX AF_NETLINK AF_PACKET SO_REUSEPORT MSG_DONTWAIT MSG_NOSIGNAL SOCK_CLOEXEC SOCK_NONBLOCK "
    "recv_fds send_fds sethostname",
    select: "epoll poll",
    time: "CLOCK_MONOTONIC CLOCK_REALTIME clock_getres clock_gettime clock_settime tzset",
}


def main() -> None:
    files = sorted((ROOT / OURS).rglob("*.py"))
    for name in sorted({name for file in files for name in _others(file)}):
        with contextlib.suppress(ImportError):  # the name of a thing in a module, or of another system's module
            importlib.import_module(name)
    _reduce()
    failed: dict[str, str] = {}
    for file in files:
        name = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        try:
            importlib.import_module(name)
        except Exception as error:
            failed[name] = f"{type(error).__name__}: {error}"
    print(json.dumps({"modules": len(files), "failed": failed}))


def _others(file: Path) -> Iterator[str]:
    """Everything that is not ours and is imported in a file, in functions too."""
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names if not one.name.startswith(OURS))
        elif isinstance(node, ast.ImportFrom) and node.module and not node.module.startswith(OURS):
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)


def _reduce() -> None:
    sys.platform = "win32"
    for module, names in MISSING.items():
        for name in names.split():
            if hasattr(module, name):
                delattr(module, name)
    modules: dict[str, Any] = sys.modules
    for name in MODULES:
        modules[name] = None  # so that importing it fails


if __name__ == "__main__":
    main()
