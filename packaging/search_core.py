"""Makes the library that the frozen program has in place of numba and LLVM: all of the search that Python calls.

    python packaging/search_core.py FOLDER

is called by `dev.py freeze`, in the environment that the program is frozen from. numba compiles the search, as it
does from source; what it made is linked to `search_core.so` or `.dll`, and a list says with what each function is
called. `optimiser.core.shipped` reads both.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
#: What every processor has that NumPy runs on. Newer instructions make the search no faster: it waits for memory.
PROCESSOR = "x86-64-v2"
#: Triple for LLVM, target for the linker: of this system. On Windows not Microsoft's, whose code asks for a symbol
#: of their C library; how functions are called is the same.
TRIPLES = {
    "linux": ("x86_64-unknown-linux-gnu", "x86_64-linux-gnu.2.34"),
    "win32": ("x86_64-w64-windows-gnu", "x86_64-windows-gnu"),
}
_TARGET = re.compile(r"^target (datalayout|triple) = .*$", re.MULTILINE)


class Piece(NamedTuple):
    """A function that numba compiled. `code`: all that it made for it; `symbol`: its name there; `caller`: a
    function in LLVM's language that calls it, by the name that it gets in the library."""

    code: str
    symbol: str
    caller: str


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("use: search_core.py FOLDER", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        # Nothing that was compiled for this very processor, and nothing of another version.
        os.environ |= {"NUMBA_CACHE_DIR": scratch, "NUMBA_CPU_NAME": PROCESSOR, "NUMBA_CPU_FEATURES": ""}
        sys.path.insert(0, str(ROOT))
        make(Path(arguments[0]), Path(scratch))
    return 0


def make(folder: Path, scratch: Path) -> None:
    """The library and its list, in `folder`."""
    from dispatch_console.optimiser import warm
    from dispatch_console.optimiser.core import apart, shipped

    warm.warm()
    pieces, listed = [set_apart(name, made) for name, made in apart.KEPT.items()], dict[str, object]()
    for name, function in entries():
        signature, made = compiled(function)
        arguments = kinds(signature)
        listed[name] = {"arguments": arguments, "returns": returned(made.signature.return_type)}
        caller = reader(shipped.PREFIX + name, arguments)
        pieces.append(Piece(made.library.get_llvm_str(), made.fndesc.llvm_func_name, caller))
    link(pieces, folder / shipped.LIBRARY, scratch)
    (folder / shipped.LISTED).write_text(json.dumps(listed, indent=1) + "\n", encoding="utf-8")


def entries() -> Iterator[tuple[str, Any]]:
    """All that Python calls, by name."""
    from dispatch_console.optimiser.core import anneal, nearest, plain

    for function in (
        *(anneal.fill, anneal.rounds, anneal.snapshot),
        *(plain.drive, plain.holds),
        *(nearest.apart, nearest.mirrored, nearest.nearest),
    ):
        made: Any = function
        yield made.py_func.__name__, made


def compiled(function: Any) -> tuple[tuple[Any, ...], Any]:
    """Signature and result of the one compilation that Python calls: its numbers have 64 bits."""
    from numba.core import types

    wide = (types.int64, types.float64)
    (found,) = [
        (signature, made)
        for signature, made in function.overloads.items()
        if all(kind in wide for kind in signature if isinstance(kind, types.Number))
    ]
    return found


def kinds(signature: Any) -> list[Any]:
    """As `shipped.Kind` has it. Raises TypeError for what it does not know."""
    from numba.core import types

    found: list[Any] = []
    for kind in signature:
        if isinstance(kind, types.Array):
            found.append(f"{kind.dtype}:{kind.ndim}")
        elif isinstance(kind, types.BaseTuple):
            found.append(kinds(kind.types))
        elif kind in (types.int64, types.float64):
            found.append(str(kind))
        else:
            raise TypeError(f"the search is called with {kind}: shipped.py cannot hand that over")
    return found


def returned(kind: Any) -> str:
    """As `shipped.Listed` has it. Raises TypeError for what it does not know."""
    told = {"none": "none", "bool": "bool"}.get(str(kind))
    if told is None:
        raise TypeError(f"the search answers with {kind}: shipped.py cannot read that")
    return told


def reader(name: str, arguments: list[Any]) -> str:
    """What `shipped.Entry` calls: it reads its row, and calls what numba made.

    numba hands over (numba.core.callconv, numba.core.datamodel.models.ArrayModel): where the result and where an
    exception is to be written, then all arguments one after the other; of an array first its two owners, of which
    it has none here. The result goes where the row begins.
    """
    types, values, lines = ["ptr", "ptr"], ["%row", "%x"], ["%x = alloca ptr"]
    place = 0
    for kind in words(arguments):
        types.append(kind or "ptr")
        if not kind:
            values.append("null")
            continue
        place += 1
        values.append(f"%v{place}")
        lines.append(f"%p{place} = getelementptr i64, ptr %row, i64 {place}")
        lines.append(f"%v{place} = load {kind}, ptr %p{place}")
    return _caller(f"@{name}(ptr %row)", "i32", types, values, lines, "ret i32 %status")


def words(arguments: list[Any]) -> Iterator[str]:
    """The types of what is handed over; empty: nothing stands for it in the row."""
    for kind in arguments:
        if isinstance(kind, list):
            yield from words(kind)
        elif kind in ("int64", "float64"):
            yield "i64" if kind == "int64" else "double"
        else:
            yield from ("", "", "i64", "i64", "ptr", *["i64"] * (2 * int(kind.partition(":")[2])))


def set_apart(name: str, made: Any) -> Piece:
    """What `apart.set_apart` compiled, which others call by its name with three numbers."""
    lines = ["%r = alloca i64", "%x = alloca ptr", "store i64 0, ptr %r"]
    types, values = ["ptr", "ptr", "i64", "i64", "i64"], ["%r", "%x", "%a", "%b", "%c"]
    ends = "%answer = load i64, ptr %r\nret i64 %answer"
    caller = _caller(f"@{name}(i64 %a, i64 %b, i64 %c)", "i64", types, values, lines, ends)
    return Piece(made.inspect_llvm(), made.native_name.removeprefix("cfunc."), caller)


def _caller(head: str, kind: str, types: list[str], values: list[str], lines: list[str], ends: str) -> str:
    given = ", ".join(f"{kind} {value}" for kind, value in zip(types, values, strict=True))
    body = "\n".join([*lines, f"%status = call i32 @made({given})", ends])
    return f"declare i32 @made({', '.join(types)})\ndefine {kind} {head} {{\n{body}\n}}\n"


def link(pieces: list[Piece], library: Path, scratch: Path) -> None:
    """The machine code of all pieces in one library."""
    triple, target = TRIPLES[sys.platform]
    compiler = machine(triple)
    objects: list[str] = []
    for number, piece in enumerate(pieces):
        file = scratch / f"{number}.o"
        file.write_bytes(compiler.emit_object(pruned(piece, triple, compiler)))
        objects.append(str(file))
    mathematics = ["-lm"] if sys.platform == "linux" else []
    command = [sys.executable, "-m", "ziglang", "cc", "-target", target, "-shared", "-s", "-o", str(library)]
    # The linker keeps what it makes of its own sources: not in a home that may not be there.
    settings = {**os.environ, "ZIG_GLOBAL_CACHE_DIR": str(scratch / "zig")}
    subprocess.run([*command, *objects, *mathematics], env=settings, cwd=scratch, check=True)


def machine(triple: str) -> Any:
    """What LLVM makes machine code by."""
    import llvmlite.binding as llvm

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    target = llvm.Target.from_triple(triple)
    return target.create_target_machine(cpu=PROCESSOR, opt=3, reloc="pic", codemodel="default")


def pruned(piece: Piece, triple: str, compiler: Any) -> Any:
    """The code of a piece without what numba made for calls from Python: only its caller can be called."""
    import llvmlite.binding as llvm

    code = llvm.parse_assembly(_TARGET.sub("", piece.code))
    for function in code.functions:
        if function.name == piece.symbol:
            function.name = "made"
        elif not function.is_declaration:
            function.linkage = "internal"
    for variable in code.global_variables:
        if not variable.is_declaration:
            variable.linkage = "internal"
    code.link_in(llvm.parse_assembly(piece.caller))
    code.get_function("made").linkage = "internal"
    head = f'target triple = "{triple}"\ntarget datalayout = "{compiler.target_data}"\n'
    code = llvm.parse_assembly(head + str(code))
    passes = llvm.create_new_module_pass_manager()
    passes.add_global_dead_code_eliminate_pass()
    passes.run(code, llvm.create_pass_builder(compiler, llvm.PipelineTuningOptions()))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
