"""The baseline of topic detection: an item joins the story whose mean TF-IDF vector is nearest. One pass, no gold."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from math import log, sqrt

from bench.score.said import Entry, Said, one_grouping
from bench.score.tokens import words
from stream.core.settings import Settings

THRESHOLD = 0.2  # of .15 to .40 the best mean F1 over the four sets of stories
HEAVIEST = 60  # words of an item: the others change no figure and cost most of the time
COMMON = 0.1  # a word in more than a tenth of the items tells no story
LIFE = Settings().story_life

Vector = dict[str, float]


@dataclass
class Stories:
    """Sums of unit vectors, kept by word; `squares` are the squared lengths of the sums."""

    weights: defaultdict[str, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))
    squares: list[float] = field(default_factory=list)
    seen: list[int] = field(default_factory=list)

    def nearest(self, vector: Vector, now: int) -> tuple[int, float]:
        """The story by cosine, and the product with its sum; a new one, and 0, where none is near enough."""
        products: defaultdict[int, float] = defaultdict(float)
        for word, weight in vector.items():
            for story, other in self.weights[word].items():
                products[story] += weight * other
        alive = (
            (product / sqrt(self.squares[story]), story)
            for story, product in products.items()
            if self.seen[story] + LIFE >= now
        )
        cosine, story = max(alive, default=(0.0, 0))
        return (story, products[story]) if cosine >= THRESHOLD else (len(self.squares), 0.0)

    def join(self, story: int, vector: Vector, product: float, now: int) -> None:
        if story == len(self.squares):
            self.squares.append(0.0)
            self.seen.append(now)
        self.squares[story] += 2 * product + sum(weight * weight for weight in vector.values())
        self.seen[story] = max(self.seen[story], now)
        for word, weight in vector.items():
            self.weights[word][story] = self.weights[word].get(story, 0.0) + weight


def tfidf(items: Sequence[Entry]) -> Said:
    """Rarity as counted in the stream so far; a story takes members for our own story's life."""
    stories, occurs, groups = Stories(), Counter[str](), list[int]()
    for number, item in enumerate(items, start=1):
        counts = Counter(words(item.text))
        occurs.update(counts.keys())
        vector = unit(counts, occurs, number)
        story, product = stories.nearest(vector, item.ts)
        stories.join(story, vector, product, item.ts)
        groups.append(story)
    return one_grouping(groups)


def unit(counts: Counter[str], occurs: Counter[str], items: int) -> Vector:
    """Of length one, or empty where every word is common."""
    most = max(COMMON * items, 10.0)
    weights = {
        word: (1 + log(count)) * log((1 + items) / occurs[word])
        for word, count in counts.items()
        if occurs[word] <= most
    }
    heaviest = nlargest(HEAVIEST, weights.items(), key=lambda of: of[1])
    length = sqrt(sum(weight * weight for _, weight in heaviest))
    return {word: weight / length for word, weight in heaviest} if length else {}
