"""Values of the domain as JSON and back, by their own types: what waits on this workstation outlives the program.

Every value is an object by the names of its fields, also those that are tuples in the program. A field that this
version does not know is refused, so that nothing of a newer one gets lost on its way; one that is missing has its
default. Where a type leaves a choice, `is` names the one that was meant.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable
from typing import Any, Union, get_args, get_origin, get_type_hints

from cattrs import Converter
from cattrs.preconf.json import make_converter

_IS = "is"


def dumps(value: object, of: Any) -> str:
    """JSON of a value of the type `of`, in one line."""
    return json.dumps(_CONVERTER.unstructure(value, of), separators=(",", ":"))


def loads[T](text: str, of: type[T]) -> T:
    """The value again. Raises ValueError if it is none of this type."""
    try:
        return _CONVERTER.structure(json.loads(text), of)
    except Exception as error:  # cattrs raises groups of whatever the constructors say
        raise ValueError(f"this is no {of.__name__}") from error


def _named(of: Any) -> bool:
    plain = get_origin(of) or of
    return isinstance(plain, type) and issubclass(plain, tuple) and hasattr(plain, "_fields")


def _fields(of: Any) -> dict[str, Any]:
    """The types of a named tuple's fields, those of `Swap[Route]` with what stands for its T."""
    plain = get_origin(of) or of
    meant: dict[str, Any] = {}
    for free, arg in zip(getattr(plain, "__type_params__", ()), get_args(of), strict=True):
        meant[free.__name__] = arg
    return get_type_hints(plain, localns=meant)


def _to_object(of: Any, converter: Converter) -> Callable[[Any], Any]:
    fields = _fields(of)
    return lambda value: {name: converter.unstructure(getattr(value, name), t) for name, t in fields.items()}


def _of_object(of: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    fields, make = _fields(of), get_origin(of) or of
    return lambda saved, _: make(**{name: converter.structure(one, fields[name]) for name, one in saved.items()})


def _choices(of: Any) -> dict[str, Any]:
    """Name → type of what a union leaves open besides None."""
    if get_origin(of) not in (Union, types.UnionType):
        return {}
    return {_name(one): one for one in get_args(of) if one is not types.NoneType}


def _name(of: Any) -> str:
    """`Swap[Driver]` goes by what it swaps."""
    return get_args(of)[0].__name__ if get_origin(of) else of.__name__


def _is_choice(of: Any) -> bool:
    return len(_choices(of)) > 1


def _to_chosen(of: Any, converter: Converter) -> Callable[[Any], Any]:
    choices = _choices(of)

    def chosen(value: Any) -> Any:
        if value is None:
            return None
        name = type(value).__name__
        if name not in choices:  # a swap
            name = type(next(side for side in value if side is not None)).__name__
        return {_IS: name, **converter.unstructure(value, choices[name])}

    return chosen


def _of_chosen(of: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    choices = _choices(of)

    def value(saved: Any, _: Any) -> Any:
        if saved is None:
            return None
        rest = {name: one for name, one in saved.items() if name != _IS}
        return converter.structure(rest, choices[saved[_IS]])

    return value


def _made() -> Converter:
    made = make_converter(forbid_extra_keys=True)
    made.register_unstructure_hook_factory(_named)(_to_object)
    made.register_structure_hook_factory(_named)(_of_object)
    made.register_unstructure_hook_factory(_is_choice)(_to_chosen)
    made.register_structure_hook_factory(_is_choice)(_of_chosen)
    return made


_CONVERTER = _made()
