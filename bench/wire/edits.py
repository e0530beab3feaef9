"""How a report comes again: twelve kinds of edit, each a function from a story to another copy of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random

from bench.wire.agencies import Agency
from bench.wire.grammar import line
from bench.wire.names import number, one, town
from bench.wire.passages import each, head_of, on_lede, raised, regroup, slipped, spliced, with_tail
from bench.wire.story import Copy, Paragraphs, Story, pick
from bench.wire.wordings import INTROS, respell, reword

SIDES = ("R", "L", "C")
SEEN = ("ahead of the talks", "in this file photo", "during a visit", "after the announcement")


@dataclass(frozen=True, slots=True)
class Desk:
    """Who issues again, when, and what else ran lately: an edit may borrow from that."""

    rng: Random
    agency: Agency
    at: datetime
    recent: Sequence[Story]

    def other(self) -> Story:
        return self.recent[int(self.rng.random() * len(self.recent))]


Edit = Callable[[Desk, Story], Copy]


def cut_title(desk: Desk, title: str) -> str:
    """Fewer words of it, most often with the mark of a re-issue."""
    rng = desk.rng
    words = title.split()
    kept = words[: max(3, len(words) - number(rng, 1, 3))]
    mark = one(rng, ("", "RPT-", "URGENT: ", f"UPDATE {number(rng, 1, 3)}-"))
    return mark + " ".join(kept)


def new_head(desk: Desk, story: Story) -> str:
    """In the style of the house that issues again, and as often as not from its own office elsewhere."""
    place = story.scene.name("place")[0] if desk.rng.random() < 0.5 else town(desk.rng)[0]
    return desk.agency.dateline(place, desk.at)


def caption_line(desk: Desk, story: Story) -> str:
    rng = desk.rng
    shown = " ".join(story.sentences()[0].split()[: number(rng, 12, 22)]).rstrip(".,;")
    place, month = town(rng)[0], f"{desk.at:%B} {desk.at.day}, {desk.at.year}"
    credit = f"({story.agency.name}) =={desk.agency.name}"
    return f"{shown} ({one(rng, SIDES)}) is seen in {place} on {month}, {one(rng, SEEN)}. {credit}"


def captioned(desk: Desk, story: Story, paragraphs: Paragraphs) -> Paragraphs:
    at = number(desk.rng, 1, len(paragraphs))
    return spliced(paragraphs, at, (caption_line(desk, story),))


def typo(desk: Desk, story: Story) -> Copy:
    """About three words in a hundred mistyped."""
    share = 0.02 + 0.03 * desk.rng.random()
    return replace(story.copy, paragraphs=slipped(desk.rng, story.copy.paragraphs, share))


def spelling(desk: Desk, story: Story) -> Copy:
    """Another house's spelling and dateline."""
    paragraphs = each(story.copy.paragraphs, lambda text: respell(desk.rng, text))
    return replace(story.copy, head=new_head(desk, story), paragraphs=paragraphs)


def headline(desk: Desk, story: Story) -> Copy:
    """Another headline and dateline over the same text."""
    return replace(story.copy, title=cut_title(desk, story.copy.title), head=new_head(desk, story))


def caption(desk: Desk, story: Story) -> Copy:
    """The caption of a picture among the paragraphs."""
    paragraphs = captioned(desk, story, story.copy.paragraphs)
    return replace(story.copy, title=cut_title(desk, story.copy.title), paragraphs=paragraphs)


def update(desk: Desk, story: Story) -> Copy:
    """One to three new facts, often a changed figure in the lede, and sometimes a shorter end."""
    rng, paragraphs = desk.rng, story.copy.paragraphs
    if rng.random() < 0.4 and len(paragraphs) > 3:
        paragraphs = paragraphs[:-1]
    if rng.random() < 0.5:
        paragraphs = on_lede(paragraphs, raised(rng))
    new = [line(pick(rng, story.beat.details), story.scene) for _ in range(number(rng, 1, 3))]
    paragraphs = spliced(paragraphs, number(rng, 1, len(paragraphs)), new)
    paragraphs = with_tail(rng, on_lede(paragraphs, lambda text: one(rng, (*INTROS, "", "")) + text))
    return replace(story.copy, title=cut_title(desk, story.copy.title), paragraphs=paragraphs)


def insert(desk: Desk, story: Story) -> Copy:
    """Sentences of other reports between the paragraphs, by an editor's mistake or for company."""
    rng, paragraphs = desk.rng, story.copy.paragraphs
    for _ in range(number(rng, 1, 3)):
        foreign = desk.other().sentences()
        start = int(rng.random() * len(foreign))
        paragraphs = spliced(
            paragraphs, number(rng, 1, len(paragraphs)), foreign[start : start + number(rng, 1, 2)]
        )
    return replace(story.copy, paragraphs=paragraphs)


def remove(desk: Desk, story: Story) -> Copy:
    """Some sentences fewer: at least one, never more than half."""
    sentences = story.sentences()
    most = max(1, len(sentences) // 2)
    gone = set(desk.rng.sample(range(len(sentences)), number(desk.rng, 1, most)))
    numbers = iter(range(len(sentences)))
    kept = (tuple(s for s in paragraph if next(numbers) not in gone) for paragraph in story.copy.paragraphs)
    return replace(story.copy, paragraphs=tuple(paragraph for paragraph in kept if paragraph))


def brief(desk: Desk, story: Story) -> Copy:
    """The head of it, cut off in the middle of a sentence where the space ended."""
    words = sum(sentence.count(" ") + 1 for sentence in story.sentences())
    paragraphs = head_of(story.copy.paragraphs, min(number(desk.rng, 36, 56), words * 2 // 3))
    return replace(story.copy, title=cut_title(desk, story.copy.title), paragraphs=paragraphs, closing="")


def wrap(desk: Desk, story: Story) -> Copy:
    """The first halves of it and of two others, in any order."""
    rng, parts = desk.rng, {story.id: story}
    while len(parts) < 3:
        other = desk.other()
        parts[other.id] = other
    order = rng.sample(list(parts.values()), 3)
    halves = [part.copy.paragraphs[: (len(part.copy.paragraphs) + 1) // 2] for part in order]
    title = f"WRAPUP {number(rng, 1, 2)}-" + story.copy.title
    return Copy(title, story.copy.head, sum(halves, ()), contains=tuple(part.id for part in order))


def reorder(desk: Desk, story: Story) -> Copy:
    """One or two sentences moved, and a rewriter's phrases."""
    rng, sentences = desk.rng, story.sentences()
    for _ in range(number(rng, 1, 2)):
        moved = sentences.pop(number(rng, 1, len(sentences) - 1))
        sentences.insert(number(rng, 1, len(sentences)), moved)
    paragraphs = with_tail(rng, regroup(sentences, story.copy.paragraphs))
    return replace(story.copy, paragraphs=on_lede(paragraphs, lambda text: one(rng, INTROS) + text))


def paraphrase(desk: Desk, story: Story) -> Copy:
    """Here and there another word for the same."""
    paragraphs = each(story.copy.paragraphs, reword(desk.rng, 0.3 + 0.5 * desk.rng.random()))
    return replace(story.copy, title=cut_title(desk, story.copy.title), paragraphs=paragraphs)


def combo(desk: Desk, story: Story) -> Copy:
    """A bit of everything: headline, dateline, phrases, spelling, a caption and slips."""
    rng = desk.rng
    paragraphs = on_lede(story.copy.paragraphs, lambda text: one(rng, INTROS) + text)
    paragraphs = with_tail(rng, each(paragraphs, lambda text: respell(rng, text)))
    paragraphs = captioned(desk, story, slipped(rng, paragraphs, 0.02))
    title = cut_title(desk, story.copy.title)
    return replace(story.copy, title=title, head=new_head(desk, story), paragraphs=paragraphs)


EDITS: Mapping[str, Edit] = {
    "typo": typo,
    "spelling": spelling,
    "headline": headline,
    "caption": caption,
    "update": update,
    "insert": insert,
    "remove": remove,
    "brief": brief,
    "wrap": wrap,
    "combo": combo,
    "reorder": reorder,
    "paraphrase": paraphrase,
}
