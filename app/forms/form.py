"""Forms: structs whose fields are the rules, bound to what was typed; one sentence a mistake."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, get_args, get_origin

import msgspec
from msgspec import NODEFAULT, UNSET
from msgspec.inspect import type_info

from app.forms.bound import WHOLE_FORM, Bound, Errors, F, Form, Posted
from app.forms.kinds import Kind, Wrong, bare, kind_of, length, sentence_for
from app.forms.text import Unreadable, clean_line

__all__ = [
    "WHOLE_FORM", "Bound", "Errors", "Form", "Posted", "bind", "blank", "clean_line", "length",
    "typed", "unsent",
]  # fmt: skip

KEY = "form_key"

NOT_OFFERED = "This form was sent with something it does not offer. Check it and send it again."
UNREADABLE = "Remove the invisible characters from this text."


def blank(kind: type[F], values: Mapping[str, Any] | None = None) -> Bound[F]:
    """A form nobody has sent yet, with these values standing in it."""
    return Bound(typed(values or {}), {}, None, _secrets(kind))


def unsent(kind: type[F], posted: Posted, sentence: str) -> Bound[F]:
    """What was typed, not judged yet, with a sentence above the form."""
    return Bound(posted, {}, None, _secrets(kind), notice=sentence)


def typed(values: Mapping[str, Any]) -> Posted:
    """Values as a person would have typed them."""
    return {
        name: [str(one) for one in value] if isinstance(value, (list, tuple)) else [str(value)]
        for name, value in values.items()
        if value is not None
    }


def bind(kind: type[F], posted: Posted, **keyed: Sequence[int]) -> Bound[F]:
    """Read what was sent as `kind`: every mistake at once, one sentence a field.

    A dict field `answer` takes `answer_{id}` for the ids given as `answer=[…]`, each of which must
    be filled in unless its type allows None.
    """
    errors: Errors = {}
    values: dict[str, Any] = {}
    offered = [KEY]
    for field in _fields(kind):
        if field.is_keyed:
            names = {f"{field.name}_{key}": key for key in keyed.get(field.name, ())}
            found = {key: _read(n, field, posted, errors) for n, key in names.items()}
            values[field.name] = found
            offered += names
        else:
            values[field.name] = _read(field.sent_as, field, posted, errors)
            offered.append(field.sent_as)
    if not posted.keys() <= set(offered) or len(posted.get(KEY, ())) > 1:
        errors.setdefault(WHOLE_FORM, NOT_OFFERED)
    form = kind(**{name: _stand_in(kind, name, value) for name, value in values.items()})
    errors = form.check() | errors  # what is wrong by itself is what is said
    errors = {name: errors[name] for name in offered if name in errors} | errors
    return Bound(posted, errors, None if errors else form, _secrets(kind))


def _stand_in(kind: type[Form], name: str, value: Any) -> Any:
    """A field that could not be read counts as empty in the rules that span fields."""
    if value is not UNSET:
        return value
    hint = next(field.type for field in msgspec.structs.fields(kind) if field.name == name)
    return "" if bare(hint) is str else None


class _Field(msgspec.Struct, frozen=True):
    """What is to be known of a field before it is read; looked up once."""

    name: str
    sent_as: str
    hint: Any
    default: Any
    kind: Kind
    is_list: bool
    is_keyed: bool = False


@cache
def _fields(kind: type[Form]) -> Sequence[_Field]:
    return [_field(one) for one in msgspec.structs.fields(kind)]


def _field(one: msgspec.structs.FieldInfo) -> _Field:
    hint, is_keyed = one.type, get_origin(bare(one.type)) is dict
    default = one.default if one.default is not NODEFAULT else one.default_factory
    if is_keyed:
        hint = get_args(bare(hint))[1]
        default = None if type(None) in get_args(hint) else NODEFAULT
    is_list = get_origin(bare(hint)) is list
    return _Field(one.name, one.encode_name, hint, default, kind_of(hint), is_list, is_keyed)


def _read(name: str, field: _Field, posted: Posted, errors: Errors) -> Any:
    texts = posted.get(name, ())
    kind, several, default = field.kind, field.is_list, field.default
    if len(texts) > 1 and not several:
        errors[name] = "This was sent more than once. Check it and send it again."
        return UNSET
    try:
        values = [value for text in texts if (value := kind.read(text)) != ""]
    except Unreadable:
        errors[name] = UNREADABLE
        return UNSET
    except Wrong as wrong:
        errors[name] = str(wrong)
        return UNSET
    if not values and default is not NODEFAULT:
        return default() if callable(default) else default
    if not values and not several:
        errors[name] = kind.missing
        return UNSET
    try:
        return msgspec.convert(values if several else values[0], field.hint, strict=False)
    except msgspec.ValidationError:
        errors[name] = sentence_for(field.hint, values)
        return UNSET


@cache
def _secrets(kind: type[Form]) -> frozenset[str]:
    type_info(kind)  # fails early where msgspec cannot read a field's type
    fields = msgspec.structs.fields(kind)
    return frozenset(field.name for field in fields if kind_of(field.type).secret)
