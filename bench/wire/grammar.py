"""Templates written out: `[a|b]` is a choice, `{x}` the item's own x, `{*kind 1 9}` a new one each time.

Only the `Random` that is handed in may decide anything.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

Name = tuple[str, str, str]  # as written in full, in short, and as a tag (a person's, a company's)
Maker = Callable[[Random], Name]
PARTS = {"": 0, "short": 1, "tag": 2}
ARTICLE = re.compile(r"\b([Aa]) (?=[aeiouAEIOU])(?!uni[ot]|one|eu)")
GAPS = re.compile(r" +(?=[ .,;])")  # what an empty choice leaves
TOKEN = re.compile(r"[\[\]|]|\{[^}]*\}|[^\[\]|{}]+")


@dataclass(frozen=True, slots=True)
class Scene:
    """One event: its cast is made when first named and stays the same wherever the item names it."""

    rng: Random
    makers: Mapping[str, Maker]
    cast: dict[str, Name] = field(default_factory=dict)

    def name(self, label: str) -> Name:
        made = self.cast.get(label)
        if made is None:
            made = self.cast[label] = self.makers[label](self.rng)
        return made


@dataclass(frozen=True, slots=True)
class Ref:
    """`{acquirer.short}`: a part of a name of the item's own cast."""

    label: str
    part: int

    def write(self, scene: Scene, out: list[str]) -> None:
        out.append(scene.name(self.label)[self.part])


@dataclass(frozen=True, slots=True)
class Fresh:
    """`{*int 3 90}`: made anew wherever it stands."""

    make: Maker
    part: int

    def write(self, scene: Scene, out: list[str]) -> None:
        out.append(self.make(scene.rng)[self.part])


@dataclass(frozen=True, slots=True)
class Pick:
    """`[a|b|]`: one of several, each as likely."""

    options: "tuple[Template, ...]"

    def write(self, scene: Scene, out: list[str]) -> None:
        write(self.options[int(scene.rng.random() * len(self.options))], scene, out)


Template = tuple[str | Ref | Fresh | Pick, ...]


def write(template: Template, scene: Scene, out: list[str]) -> None:
    for node in template:
        if type(node) is str:
            out.append(node)
        else:
            node.write(scene, out)  # type: ignore[union-attr]  # `type() is str` is twice as fast as isinstance


def line(template: Template, scene: Scene) -> str:
    """One sentence or headline, its first letter a capital."""
    out: list[str] = []
    write(template, scene, out)
    text = ARTICLE.sub(r"\1n ", GAPS.sub("", "".join(out)).strip())
    return text[0].upper() + text[1:]


def compile_line(text: str, maker: Callable[[str], Maker]) -> Template:
    """Raises ValueError for brackets that do not match."""
    tokens = iter(TOKEN.findall(text))
    template, end = _branch(tokens, maker)
    if end:
        raise ValueError(f"an unmatched {end!r} in the template {text!r}")
    return template


def _branch(tokens: Iterator[str], maker: Callable[[str], Maker]) -> tuple[Template, str]:
    nodes: list[str | Ref | Fresh | Pick] = []
    for token in tokens:
        if token in ("|", "]"):
            return tuple(nodes), token
        nodes.append(_node(token, tokens, maker))
    return tuple(nodes), ""


def _node(token: str, tokens: Iterator[str], maker: Callable[[str], Maker]) -> str | Ref | Fresh | Pick:
    if token == "[":
        return _pick(tokens, maker)
    if not token.startswith("{"):
        return token
    words, _, part = token[1:-1].partition(".")
    if words.startswith("*"):
        return Fresh(maker(words[1:]), PARTS[part])
    return Ref(words, PARTS[part])


def _pick(tokens: Iterator[str], maker: Callable[[str], Maker]) -> Pick:
    options: list[Template] = []
    end = "|"
    while end == "|":
        option, end = _branch(tokens, maker)
        options.append(option)
    if end != "]":
        raise ValueError(f"a choice that is not closed: {options!r}")
    return Pick(tuple(options))
