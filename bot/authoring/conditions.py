"""Conditions as they are written in the dialog files → the values of the core."""

from collections.abc import Mapping

from bot.core.condition import Condition

_OPERATORS = {"all", "any", "not"}


def condition(spec: Mapping[str, object]) -> Condition:
    """Turn `{Q1: [A, B]}`, `{all: […]}`, `{any: […]}`, `{not: …}`, `{lang: […]}` into a condition.

    Several keys in one mapping must all hold. Raises ValueError on any other shape.
    """
    parts = tuple(_atom(key, value) for key, value in spec.items())
    if not parts:
        raise ValueError("an empty condition")
    return parts[0] if len(parts) == 1 else Condition("all", parts)


def _atom(key: str, value: object) -> Condition:
    if key in _OPERATORS:
        items = value if isinstance(value, list) else [value]
        if not all(isinstance(item, dict) for item in items) or (key == "not" and len(items) != 1):
            raise ValueError(f"`{key}` takes conditions, not {value!r}")
        return Condition(key, tuple(condition(item) for item in items if isinstance(item, dict)))
    if not isinstance(value, list) or not value:
        raise ValueError(f"`{key}` takes a list of codes, not {value!r}")
    values = frozenset(str(item) for item in value)
    if key in {"lang", "detected", "alerted"}:
        return Condition(key, values=values)
    return Condition("answered", question=key, values=values)
