"""Deliveries as sources send them: strategies shaped like wire copy. Laws live in the tests beside."""

from typing import Any

from hypothesis import strategies as st

from stream.core.item import DateReading, Furniture, Item

HEADLINES = (
    "BAHIA COCOA REVIEW",
    "STANDARD OIL <SRD> TO FORM FINANCIAL UNIT",
    "UPDATE 1-Harbour ferry returns to service",
    "Kishida, Macron agree to start talks on access accord",
    "Überschwemmung in Köln: Pegel steigt weiter",
    "東京株式市場、小幅続伸",
    "אזעקה בצפון",
    "",
)
BODIES = (
    "PARIS, May 2 (Kyodo) - The two leaders agreed on Thursday to open talks.\n\nNo date was set.",
    "Showers continued throughout the week in\nthe Bahia cocoa zone, alleviating the drought.",
    "Shr 34 cts vs 28 cts\n    Net 1,234,000 vs 1,011,000\n Reuter",
    "The minister said \u201cno decision has been reached\u201d \u2013 again.",
    "cafÃ© society",
    "\u202eright to left override\u202c and back, with a bell \u0007 and a nul \u0000",
)
SOURCES = ("reuters", "kyodo", "afp.com", "file", "latimesblogs.latimes.com:80")
TIMES = (
    "1987-02-26T15:01:01",
    "2024-05-02",
    "2024-05-02T09:30:00+02:00",
    "2024-05-02T09:30:00.123456Z",
    "2099-01-01T00:00:00Z",
    "9999-12-31T23:59:59-05:00",
    "0001-01-01T00:00+05:00",
    "0000-00-00",
    "yesterday",
    "",
)

headlines = st.sampled_from(HEADLINES)
bodies = st.sampled_from(BODIES)
versions = st.one_of(st.integers(0, 9), st.sampled_from(("1", "2-corrected", "")))
# What a field may hold where a source has gone wrong.
wrong: st.SearchStrategy[Any] = st.sampled_from(
    (None, True, 1.5, -7, 2**70, [], ["x"], {"a": {}}, [[[["deep"]]]], "x" * 5_000)
)
extras = st.dictionaries(
    st.sampled_from(("topics", "places", "cycle", "byline", "url", "story", "wordcount")),
    st.one_of(st.just(None), st.integers(-9, 9), st.lists(st.sampled_from(SOURCES), max_size=3), headlines),
)


def _given(value: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(value, value, value, wrong)


# Objects with a title or a text, and anything at all in the other fields.
objects: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {"text": bodies},
    optional={
        "id": _given(st.one_of(st.integers(1, 20_000), st.sampled_from(("uci-2785", "gva-1a47", "")))),
        "ts": _given(st.sampled_from(TIMES)),
        "source": _given(st.sampled_from(SOURCES)),
        "title": _given(headlines),
        "body": _given(bodies),
        "dateline": _given(st.sampled_from(("SALVADOR, Feb 26 -", "PARIS"))),
        "slug": _given(st.sampled_from(("BAHIA-COCOA-REVIEW", "FERRY-OSLO/"))),
        "lang": _given(st.sampled_from(("en", "en-GB", "ja", "de"))),
        "version": _given(versions),
        "priority": _given(st.one_of(st.integers(1, 6), st.sampled_from(("u", "d")))),
    },
)

_words = st.sampled_from(("", *HEADLINES, *SOURCES))
_dates = st.builds(
    DateReading,
    where=st.sampled_from(("header", "dateline", "caption", "lede", "text")),
    date=st.sampled_from(("2024-05-02", "--05-02", "")),
    weekday=st.one_of(st.none(), st.integers(0, 6)),
    sure=st.sampled_from(("full", "swappable", "no_year", "weekday")),
    written=st.sampled_from(("May 2, 2024", "2024-03-05", "Thursday")),
)
_furniture = st.builds(
    Furniture,
    kind=st.sampled_from(
        ("dateline", "date_header", "caption", "photo_credit", "sign_off", "credit", "markup")
    ),
    written=st.sampled_from(("PARIS, May 2 (Kyodo) -", "==Kyodo", "<p>")),
)
# Normalised items: every field filled or not, as wire.items.v1 carries them.
items = st.builds(
    Item,
    identity=st.sampled_from(("48d11cc6499fcea558bfbe390fee56c3", "a" * 32)),
    id=st.sampled_from(("1", "001_24a8f607ec96cba8")),
    source=st.sampled_from(SOURCES),
    ts=st.integers(-62_135_596_800_000, 253_370_764_799_999),
    title=_words,
    text=st.sampled_from(("", *BODIES)),
    version=_words,
    attempt=st.integers(0, 3),
    dateline=_words,
    slug=_words,
    lang=_words,
    priority=_words,
    flags=st.lists(st.sampled_from(("ts.capped", "id.unreadable"))).map(tuple),
    aside=extras,
    place=_words,
    captions=st.lists(bodies, max_size=2).map(tuple),
    origin=_words,
    credits=st.lists(st.sampled_from(SOURCES), max_size=2).map(tuple),
    dates=st.lists(_dates, max_size=3).map(tuple),
    furniture=st.lists(_furniture, max_size=3).map(tuple),
    lane=st.sampled_from(("", "en", "ja")),
)
