"""Any value of a type of ours, with every one of its fields filled, also those that will be added later."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import functools
import types
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NewType, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from dispatch_console.domain.plan import Swap
from dispatch_console.store.values import WideChange

_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    int: st.integers(-(2**53), 2**53),
    float: st.floats(allow_nan=False, allow_infinity=False),
    str: st.text(max_size=8),
    bool: st.booleans(),
    dt.date: st.dates(),
    dt.datetime: st.datetimes(timezones=st.just(dt.UTC)),
    types.NoneType: st.none(),
    Any: st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=4),
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
        max_leaves=4,
    ),
}


@functools.cache
def values(of: Any) -> st.SearchStrategy[Any]:
    if of in _PLAIN:
        return _PLAIN[of]
    if isinstance(of, NewType):
        return values(of.__supertype__)
    origin, inside = get_origin(of), get_args(of)
    if origin in (Union, types.UnionType):
        return st.one_of([values(one) for one in inside])
    if origin is Literal:
        return st.sampled_from(inside)
    if origin is tuple:
        if inside[-1] is not ...:
            return st.tuples(*map(values, inside))
        return _few(inside[0]).map(tuple)
    if origin is frozenset:
        return _few(inside[0]).map(frozenset)
    if origin is Mapping or origin is dict:
        return st.dictionaries(values(inside[0]), values(inside[1]), max_size=2)
    if origin is Sequence:
        return _few(inside[0]).map(tuple)
    if isinstance(of, type) and issubclass(of, enum.Enum):
        return st.sampled_from(of)
    return _made(of)


def _few(of: Any) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.deferred(lambda: values(of)), max_size=2)


def _made(of: Any) -> st.SearchStrategy[Any]:
    plain = get_origin(of) or of
    free = {one.__name__: arg for one, arg in zip(plain.__type_params__, get_args(of), strict=True)}
    names = [f.name for f in dataclasses.fields(plain)] if dataclasses.is_dataclass(plain) else plain._fields
    hints = get_type_hints(plain, localns=free)
    fields = {name: values(hints[name]) for name in names}
    if plain is WideChange:
        return st.booleans().flatmap(lambda fleet: _wide(fields, fleet))
    made = st.builds(plain, **fields)
    return made.filter(lambda swap: tuple(swap) != (None, None)) if plain is Swap else made


def _wide(fields: dict[str, st.SearchStrategy[Any]], fleet: bool) -> st.SearchStrategy[WideChange]:
    """A change of the fleet stands alone."""
    given = {"label", "fleet"} if fleet else fields.keys() - {"fleet"}
    return st.builds(WideChange, **{name: fields[name] for name in given})
