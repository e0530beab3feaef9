"""The front door as a whole: what it lets in fits on wire.items.v1."""

from hypothesis import given
from hypothesis import strategies as st

from stream.core.codec import encode
from stream.core.front import admit
from stream.core.item import Item
from stream.core.item_json import item_to_json
from stream.core.settings import Settings
from tests.core.wire_copy import CAPTIONS, PIECES, SENTENCES

# What grows most when it is normalised: controls and quotes in JSON, captions and dates, which are said twice.
GROWING = ("\x01", '"', "\u202e", "2024-03-05 ", f"\n\n{CAPTIONS[0]}\n\n", "&nGt;", "Ã©", *PIECES, *SENTENCES)
texts = st.builds(
    lambda pieces, times: ("".join(pieces) * times).replace("\ud800", "\ufffd"),
    st.lists(st.sampled_from(GROWING), min_size=1, max_size=6),
    st.integers(1, 400),
)
CLOSE = st.integers(41_000, 120_000)


@given(texts, CLOSE)
def test_what_is_let_in_fits_in_a_message(text: str, most: int) -> None:
    """Whether an item was small enough not to be measured or not: none above the limit passes."""
    raw = encode({"text": text, "title": text[:600], "aside": text[:99]})
    admitted = admit(raw, {}, Settings(max_message_bytes=most))
    if isinstance(admitted, Item):
        assert len(encode(item_to_json(admitted))) <= most


@given(texts)
def test_a_plain_text_is_bounded_too(text: str) -> None:
    """Its controls take one byte as they come and six in JSON."""
    raw = text.encode()
    admitted = admit(raw, {"content-type": "text/plain"}, Settings(max_message_bytes=41_000))
    if isinstance(admitted, Item):
        assert len(encode(item_to_json(admitted))) <= 41_000
