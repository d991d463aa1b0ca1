"""Calls a piece of compiled code by a name of its own, so that it is compiled once.

What calls a function with `@compiled` gets its machine code linked in, and optimised again together with all else.
A walk over a route is so much code that the search, in which one function calls the next, took minutes to compile.
A function set `apart` is compiled once and found by its symbol. It takes integers only, so arrays go as a frame:
rows of their addresses and shapes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import llvmlite.binding as llvm
from numba.core import cgutils, types
from numba.core.ccallback import CFunc
from numba.core.typing.templates import signature
from numba.extending import intrinsic
from numba.np.arrayobj import populate_array

from dispatch_console.optimiser.core.jit import OPTIONS, cached

_SIGNATURE = signature(types.int64, types.int64, types.int64, types.int64)


def set_apart(name: str, function: Callable[[int, int, int], int]) -> Any:
    """`function` of three integers, compiled now or read from the cache, as compiled code can call it by `name`."""
    made: Any = CFunc(function, (_SIGNATURE.args, _SIGNATURE.return_type), {}, OPTIONS)
    made._cache = cached(function)
    made.compile()
    llvm.add_symbol(name, made.address)
    KEPT[name] = made
    return types.ExternalFunction(name, _SIGNATURE)


#: What was set apart, by name: machine code goes when nobody holds it.
KEPT: dict[str, Any] = {}


def _viewer(kind: Any, dimensions: int) -> Any:
    """What compiled code makes of an address and a shape: an array that it does not own."""
    seen = types.Array(kind, dimensions, "C")

    @intrinsic
    def view(_context: Any, address: Any, shape: Any) -> Any:
        def build(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
            out = context.make_array(seen)(context, builder)
            shapes = cgutils.unpack_tuple(builder, arguments[1], dimensions)
            size = context.get_constant(types.intp, kind.bitwidth // 8)
            strides = [size]
            for length in reversed(shapes[1:]):
                strides.insert(0, builder.mul(strides[0], length))
            at = builder.inttoptr(arguments[0], out.data.type)
            populate_array(out, data=at, shape=shapes, strides=strides, itemsize=size, meminfo=None)
            return out._getvalue()

        return seen(address, shape), build

    return view


ints_1, ints_2 = _viewer(types.int64, 1), _viewer(types.int64, 2)
short_2, short_3 = _viewer(types.int32, 2), _viewer(types.int32, 3)
