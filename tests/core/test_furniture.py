"""Furniture: each kind is taken where it stands and nowhere else."""

import pytest

from stream.core.agencies import agency, first_agency
from stream.core.furniture import caption, credit, date_header, dateline, filler, sign_off
from stream.core.furniture.encoding import mend, visible
from stream.core.furniture.lines import paragraphs
from stream.core.furniture.markup import without_markup

LEDE = "The minister said so."


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("PARIS, May 2 (Kyodo) -", "PARIS"),
        ("PARIS, May 2 (Kyodo) --", "PARIS"),
        ("LONDON -", "LONDON"),
        ("NEW YORK —", "NEW YORK"),
        ("HAWTHORNE (CBSLA.com) —", "HAWTHORNE"),
        ("SALVADOR, Feb 26 -", "SALVADOR"),
        ("CALGARY, Alberta, March 3 -", "CALGARY"),
        ("ROCHESTER, N.Y., March 3 -", "ROCHESTER"),
        ("ST. LOUIS, MO (KTVI)–", "ST. LOUIS"),
        ("WINSTON-SALEM, N.C., March 3 -", "WINSTON-SALEM"),
        ("SÃO PAULO, 2 May 2024 (Reuters) -", "SÃO PAULO"),
        ("Portsmouth, Va. –", "Portsmouth"),
        ("(Reuters) -", ""),
    ],
)
def test_datelines_are_taken(written: str, place: str) -> None:
    """The forms that wires and stations use, and the place that each names."""
    kept, furniture = dateline.take([f"{written} {LEDE}", "More."])
    assert kept == [LEDE, "More."]
    assert [(f.kind, f.written) for f in furniture] == [("dateline", written)]
    assert dateline.read(written).place == place


@pytest.mark.parametrize(
    "lede",
    [
        "Police - who came late - said nothing.",
        "UPDATE - The minister said so.",
        "(CORRECTION) - TRANSALTA UTILITIES CORP YEAR NET",
        "FEDERAL RESERVE MONEY SUPPLY REPORT - FEB 26",
        "NOTE: Net loss for 1986 includes charges.",
        "Apple — maker of the iPhone — said so.",
        "IBM said - and others agreed - that it would.",
        "A FIRE - the third this week - broke out.",
        "LONDON -",
    ],
)
def test_other_dashes_are_text(lede: str) -> None:
    """A dash or colon near the head does not make a dateline."""
    assert dateline.take([lede]) == ([lede], [])


def test_a_header_gives_date_and_place() -> None:
    """`date 2024-03-05 PARIS:` is a header and a dateline; a date that the text speaks of is neither."""
    kept, furniture = date_header.take([f"date 2024-03-05 PARIS: {LEDE}"])
    assert kept == [LEDE]
    assert [(f.kind, f.written) for f in furniture] == [
        ("date_header", "date 2024-03-05"),
        ("dateline", "PARIS:"),
    ]
    assert date_header.take(["January 1, 2013 7:18 PM", LEDE]).pieces == [LEDE]
    assert date_header.take(["May 2, 2024 was a Thursday.", LEDE]).furniture == []
    assert date_header.take(["The date 2024-03-05 is open."]).furniture == []


@pytest.mark.parametrize(
    "sign",
    ["REUTER", "Reuter", "reuter", "REUTER...", "REUTER...^M", "-0-", "==Kyodo", "(END)", "/Xinhua", "MORE"],
)
def test_sign_offs_end_a_text(sign: str) -> None:
    """A sign-off is taken from the last line, even with a control character after it."""
    kept, furniture = sign_off.take_lines(["    He said so.", f" {sign}", "\x03"])
    assert kept == ["    He said so."]
    assert [f.written for f in furniture] == [sign]


def test_other_last_lines_are_text() -> None:
    """A short last line that names no agency stays, and so does a text that is nothing but a sign-off."""
    assert sign_off.take_lines(["It said", "so", "Smith"]).furniture == []
    assert sign_off.take_lines(["REUTER"]).pieces == ["REUTER"]


def test_captions_are_set_apart() -> None:
    """A picture's credit makes a caption, or an agency's between paragraphs; at a text's end it is none."""
    picture = "Kishida (R) is greeted by Macron in Paris on May 2, 2024."
    kept, furniture = caption.take([LEDE, f"{picture} (Kyodo)", LEDE])
    assert kept == [LEDE, LEDE]
    assert [(f.kind, f.written) for f in furniture] == [("caption", picture), ("photo_credit", "(Kyodo)")]
    assert caption.take([LEDE, f"{LEDE} (AP Photo/Paul Beaty)"]).pieces == [LEDE]
    assert caption.take([LEDE, f"{LEDE} (Reuters)"]).furniture == []
    assert caption.take([LEDE, f"{LEDE} (he was not asked)", LEDE]).furniture == []
    assert caption.take([f"{picture} (Photo: KING)"]).furniture == []


def test_credits_leave_their_sentence_whole() -> None:
    """The agency's words go, the full stop and the rest stay; other names that report are news."""
    kept, furniture = credit.take(
        ["Talks are to start, Kyodo News Agency reported. He left.", "It ended. (AFP)"]
    )
    assert kept == ["Talks are to start. He left.", "It ended."]
    assert [credit.agency_of(f.written) for f in furniture] == ["Kyodo", "AFP"]
    for news in (
        "Profit fell, General Motors reported.",
        "Last year, Reuters reported a rise in sales.",
        "It grew (from 3)",
    ):
        assert credit.take([news]) == ([news], [])


def test_agencies_have_one_short_name() -> None:
    """Every way to write an agency is one origin."""
    assert {agency(name) for name in ("Kyodo", "KYODO NEWS", "Kyodo News Agency", "kyodo")} == {"Kyodo"}
    assert {agency(name) for name in ("Reuter", "REUTERS", "Thomson Reuters")} == {"Reuters"}
    assert {agency(name) for name in ("A.P.", "the Associated Press", "The AP")} == {"AP"}
    assert (first_agency("CBS/AP"), first_agency("Reuters, AFP"), first_agency("KDKA")) == (
        "AP",
        "Reuters",
        "",
    )


def test_tickers_are_not_markup() -> None:
    """Only HTML's own names, and only in a text that shows it is HTML."""
    copy = "Phillips <P>, Du Pont <DD>, USAir <U> and Standard Oil <SRD> rose; 3 < 4 & 5 > 2."
    assert without_markup(copy) == copy


def test_html_is_taken_off() -> None:
    """Tags, comments, scripts and references go; blocks part paragraphs; unclosed scripts keep the words."""
    page = "<html><style>p{}</style><p>Smith &amp; Co said &quot;no&quot;.</p><!-- x -->"
    page += "<P>It <b>rose</b> 3&nbsp;pct<br/>today.</P>"
    assert paragraphs(without_markup(page).splitlines()) == ['Smith & Co said "no".', "It rose 3 pct today."]
    assert "kept" in without_markup("<p>a</p><script>kept")
    assert without_markup("&lt;p&gt;It said so.&lt;/p&gt;").split() == ["It", "said", "so."]


def test_encodings_are_mended_only_where_broken() -> None:
    """Mojibake is mended; sound text in any language is left alone."""
    assert mend("la dÃ©fense and Chinaâ€™s ministers") == "la défense and China’s ministers"
    for sound in ("São Paulo", "GARÇON À LA CARTE", "Москва", "日本", "“quoted” – £5", "ÂNGELA"):
        assert mend(sound) == sound


def test_invisible_characters_go() -> None:
    """Controls and bidi overrides go, joiners that spell words stay."""
    assert visible(" a\x00b\u202e  c\x03\n") == "ab c"
    assert visible("می\u200cخواهم") == "می\u200cخواهم"


def test_filler_is_no_text() -> None:
    """The filler of a flash is taken off; a text that quotes it is not."""
    assert filler.take(["******Blah blah blah."]).pieces == []
    assert filler.take(["He said: Blah blah blah, and left."]).furniture == []


def test_wraps_are_undone() -> None:
    """Indents part paragraphs in wrapped copy, blank lines everywhere, single lines where lines are long."""
    assert paragraphs(["Showers continued in", "the zone.", "    The dry period", "ended."]) == [
        "Showers continued in the zone.",
        "The dry period ended.",
    ]
    long = "x" * 50 + " " + "y" * 50
    assert paragraphs([long, "Short line.", "", "b", "c"]) == [long, "Short line.", "b c"]
