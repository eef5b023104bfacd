"""Text: patterns of RE2 in the words of Java, numbers in the words of Python's format."""

import re
from collections.abc import Mapping

from sqlglot import exp

from pipelines.spark.trees import Rewrite, Untranslatable, call, is_list

_BOUNDARY = r"(?:(?<=\w)(?!\w)|(?<!\w)(?=\w))"


def _java(pattern: exp.Expr) -> exp.Expr:
    r"""A pattern of RE2 in the words of Java, to whose `\b` a letter with an accent is of a word, not to its `\w`."""
    made = pattern.copy()
    for part in made.find_all(exp.Literal):
        if part.is_string:
            part.set("this", re.sub(r"(?<!\\)((?:\\\\)*)\\b", lambda found: found[1] + _BOUNDARY, part.this))
    # what an earlier step made of a pattern is known to Spark alone
    return call("replace", made, r"\b", _BOUNDARY) if made.find(exp.Column) else made


def _match(node: exp.Expr) -> exp.Expr:
    node.set("expression", _java(node.expression))
    return node


def _whole_match(node: exp.Expr) -> exp.Expr:
    pattern = _java(node.expression)
    if isinstance(pattern, exp.Literal):
        whole: exp.Expr = exp.Literal.string(rf"\A(?:{pattern.this})\z")
    else:
        whole = call("concat", r"\A(?:", pattern, r")\z")
    return exp.RegexpLike(this=node.this, expression=whole)


def _replaced(node: exp.Expr) -> exp.Expr:
    """All matches; where only the first is asked for, the pattern must match but once. Groups have a $."""
    pattern, replacement = node.expression, node.args["replacement"]
    modifiers = node.text("modifiers")
    if set(modifiers) - {"g", "i"}:
        raise Untranslatable(f"regexp_replace with the modifiers {modifiers}")
    if "g" not in modifiers and not pattern.name.startswith("^") and not pattern.name.endswith("$"):
        raise Untranslatable(f"regexp_replace of the first match alone: {pattern.name}")
    if not isinstance(replacement, exp.Literal):
        raise Untranslatable("regexp_replace by an expression")
    text = re.sub(r"\\(\d)", r"$\1", replacement.this.replace("$", r"\$"))
    pattern = _java(pattern)
    if "i" in modifiers:
        pattern = call("concat", "(?i)", pattern)
    return call("regexp_replace", node.this, pattern, text)


def _extracted(node: exp.Expr) -> exp.Expr:
    """The groups of a match by name, as a struct, where a list of names is asked for."""
    node = _match(node)
    names = node.args.get("group")
    if not isinstance(names, exp.Array):
        return node
    fields: list[exp.Expr | str] = []
    for place, name in enumerate(names.expressions, start=1):
        fields += [name, call("regexp_extract", node.this.copy(), node.expression.copy(), place)]
    return call("named_struct", *fields, type_of=node)


def _formatted(node: exp.Expr) -> exp.Expr:
    """Numbers with commas and a count of decimals, parts in braces filled in."""
    pattern, *values = [node.this, *node.expressions]
    parts: list[exp.Expr | str] = []
    for text, kind in re.findall(r"([^{}]*)(\{[^{}]*\}|$)", pattern.name):
        if text:
            parts.append(text)
        if kind:
            parts.append(_number(kind, values.pop(0)))
    return call("concat", *parts)


def _number(kind: str, value: exp.Expr) -> exp.Expr:
    if kind == "{}":
        return exp.cast(value, "string", dialect="spark")
    decimals = re.fullmatch(r"\{:(,?)(?:\.(\d)f|d)?\}", kind)
    if decimals is None:
        raise Untranslatable(f"format with {kind}")
    shown = call("format_number", value, int(decimals[2] or 0))
    return shown if decimals[1] else call("replace", shown, ",", "")


def _length(node: exp.Expr) -> exp.Expr:
    return call("size", node.this) if is_list(node.this) else call("char_length", node.this)


def _escaped(node: exp.Expr) -> exp.Expr:
    return call("concat", r"\Q", node.expressions[0], r"\E")


def _split(node: exp.Expr) -> exp.Expr:
    text, pattern = node.expressions
    return call("split", text, _java(pattern))


TEXT: Mapping[type[exp.Expr], Rewrite] = {
    exp.RegexpLike: _match,
    exp.RegexpExtractAll: _match,
    exp.RegexpFullMatch: _whole_match,
    exp.SimilarTo: _whole_match,
    exp.RegexpReplace: _replaced,
    exp.RegexpExtract: _extracted,
    exp.Format: _formatted,
    exp.Length: _length,
}

TEXT_FUNCTIONS: Mapping[str, Rewrite] = {
    "format": _formatted,
    "regexp_escape": _escaped,
    "regexp_split_to_array": _split,
}
