"""Gold of re-issues made by known edits: which item each is of. What nobody re-issued should be linked to nothing."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from bench.checks.fields import Line
from bench.score.figures import Count, Figures, Share
from bench.score.gold import Error
from bench.score.said import Entry, Said

WRAP = "wrap"
LINKS = "links, never re-issued"


@dataclass(frozen=True, slots=True)
class Reissue:
    original: int
    at: int
    kind: str


@dataclass(frozen=True, slots=True)
class Resends:
    """`lone` are the items that neither re-issue nor are re-issued."""

    reissues: Sequence[Reissue]
    lone: Sequence[int]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "Resends":
        positions = {str(line["id"]): at for at, line in enumerate(lines)}
        reissues = [
            Reissue(positions[str(line["parent"])], at, str(line["kind"]))
            for at, line in enumerate(lines)
            if line.get("parent")
        ]
        touched = {at for one in reissues for at in (one.original, one.at)}
        return cls(reissues, [at for at in range(len(lines)) if at not in touched])

    def figures(self, said: Said, items: Sequence[Entry]) -> Figures:
        kinds = sorted({one.kind for one in self.reissues})
        per_kind = {kind: self._recall(said, kind) for kind in kinds}
        return {**per_kind, LINKS: Share(len(self._links(said)), len(self.lone))}

    def known(self, items: Sequence[Entry]) -> Figures:
        return {"re-issues": Count(len(self.reissues)), "never re-issued": Count(len(self.lone))}

    def errors(self, said: Said) -> list[Error]:
        """What was missed, kind by kind, then the links to be read: real wires re-issue too, and no gold says which."""
        missed = [one for one in self.reissues if not found(said, one)]
        return [
            *(
                Error("missed", one.original, one.at, one.kind)
                for one in sorted(missed, key=lambda one: one.kind)
            ),
            *(Error("to be read", *link, "never re-issued") for link in self._links(said)),
        ]

    def _recall(self, said: Said, kind: str) -> Share:
        of = [one for one in self.reissues if one.kind == kind]
        return Share(sum(found(said, one) for one in of), len(of))

    def _links(self, said: Said) -> list[tuple[int, int]]:
        """Lone items in a family with an earlier lone item: beside the one it was joined to, else the first."""
        first: dict[Hashable, int] = {}
        links, lone = [], set(self.lone)
        for at in self.lone:
            earlier = first.setdefault(said.family[at], at)
            if earlier != at:
                to = said.joined_to(at)
                links.append((to if to in lone and to is not None else earlier, at))
        return links


def found(said: Said, one: Reissue) -> bool:
    """In the family of its original; a wrap-up may instead name a member of that family as a part."""
    family = said.family[one.original]
    parts = said.named(one.at) if one.kind == WRAP else frozenset[int]()
    return said.family[one.at] == family or any(said.family[part] == family for part in parts)
