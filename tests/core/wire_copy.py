"""Strategies shaped like wire copy: ledes, datelines, wraps, captions and sign-offs as agencies set them."""

import textwrap

from hypothesis import strategies as st

from stream.core.item import Item

SENTENCES = (
    "Japan has agreed with the Philippines to initiate talks for such an accord.",
    "The Bank of England said it had given the money market 451 mln stg of help.",
    "Net loss widened to 1,850,000 dlrs, or 5.93 pct of sales, from 2-3/4 pct.",
    "“We will not be hurried,” the minister told reporters in the U.S. capital.",
    "Standard Oil Co <SRD> and Phillips <P> said they would form a venture.",
    "The labour ministry's programme, valued at £1.2 bln, is to be cancelled.",
    "Police said on Thursday that four people were hurt near 24th Street.",
    "Analysts at Smith & Co. said per cent figures for 1986/87 were unchanged.",
    "Trade rose 3 per cent on May 2, 2024, the agency's chief said.",
)
DATELINES = (
    "PARIS, May 2 (Kyodo) --",
    "SALVADOR, Feb 26 -",
    "LONDON -",
    "HAWTHORNE (CBSLA.com) —",
    "MIAMI GARDENS, Fla. (AP) --",
    "ST. LOUIS, March 31 -",
    "(Reuters) -",
)
SIGN_OFFS = (" REUTER", " Reuter\n\x03", "-0-", "==Kyodo", "REUTER...^M", "(END)", "/Xinhua")
CAPTIONS = (
    "Fumio Kishida (R) is greeted by Emmanuel Macron in Paris on May 2, 2024. (Kyodo)",
    "Officers stand outside the store. (AP Photo/Paul Beaty)",
    "FILE PHOTO: A trader looks at a screen.",
)
TITLES = (
    "BAHIA COCOA REVIEW",
    "UPDATE 1-Japan, France to start talks",
    "STANDARD OIL <SRD> TO FORM UNIT",
    "AT&amp;T: deal off",
    "",
)

paragraphs = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map(" ".join)
bodies = st.lists(paragraphs, min_size=1, max_size=6)


def flat(body: list[str]) -> str:
    return "\n\n".join(body)


def wrapped(body: list[str]) -> str:
    """As the wire of 1987 set it: 65 columns, a paragraph begins with four spaces, but for the first."""
    return "\n".join(textwrap.fill(p, 65, initial_indent="    ") for p in body).removeprefix("    ")


def as_html(body: list[str]) -> str:
    escaped = (p.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for p in body)
    return (
        "".join(f"<p class='x'>{p}</p>\n" for p in escaped) + "<script>var gone = 1;</script><!-- hidden -->"
    )


def delivery(text: str = "", title: str = "", dateline: str = "", lang: str = "en") -> Item:
    return Item(
        identity="i", id="1", source="file", ts=0, title=title, text=text, dateline=dateline, lang=lang
    )


@st.composite
def copies(draw: st.DrawFn) -> Item:
    """A delivery with any of the furniture that agencies put around a text."""
    body = draw(bodies)
    if draw(st.booleans()):
        body.insert(draw(st.integers(1, len(body))), draw(st.sampled_from(CAPTIONS)))
    if head := draw(st.sampled_from(("", *DATELINES))):
        body[0] = f"{head} {body[0]}"
    if draw(st.booleans()):
        body[0] = f"date 2024-03-05 {body[0]}"
    if draw(st.booleans()):
        body[-1] = body[-1].rstrip(".") + ", Kyodo News Agency reported."
    text = draw(st.sampled_from((flat, wrapped, as_html)))(body)
    text += draw(st.sampled_from(("", *(f"\n{sign}" for sign in SIGN_OFFS))))
    return delivery(
        text, draw(st.sampled_from(TITLES)), draw(st.sampled_from(("", "    SALVADOR, Feb 26 - ")))
    )


# What a hostile or broken feed may put into a text, again and again.
PIECES = (
    *(
        "(",
        "<",
        "<p ",
        "<!--",
        "<script>",
        "</p>",
        "&amp;",
        "&#0;",
        "==",
        "==Kyodo",
        "-0-",
        "(Kyodo)",
        "\n",
        "\n\n",
    ),
    *(
        " ",
        "    ",
        "A ",
        "NEW YORK, ",
        "May 2 ",
        "1987 ",
        "2024-03-05",
        " -- ",
        "— ",
        "REUTER",
        "per",
        "cent",
        "per cent",
    ),
    *(
        "\u202e",
        "\u200b",
        "\x00",
        "\x03",
        "\x85",
        "\ud800",
        "\u0300\u0316",
        "Ã©",
        "â€™",
        "日本",
        "۵",
        "½",
        "'s",
        "word",
        ".",
    ),
    *(
        ", Kyodo reported.",
        "(Photo: x)",
        "U.S.",
        "1,850",
        "5.93%",
        "blah blah blah",
        "<P>",
        "\r",
        "%",
        "&",
        "İ",
        "ﬁ",
        "3/4",
        "5",
        "–",
        "(AP) –",
        "PARIS",
        "Feb 26",
        "(AFP)",
        ")",
        "date 2024-03-05 ",
        "PARIS: ",
    ),
)
broken = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
