"""Lanes: one language, one lane, and never by a guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.core.lane import LANES, lane, language
from tests.core.wire_copy import broken, delivery

PARAGRAPHS = {
    "en": "Japanese Prime Minister Fumio Kishida and French President Emmanuel Macron agreed on "
    "Thursday to initiate negotiations on a reciprocal access agreement, which will enable the "
    "two countries to facilitate closer defence cooperation, such as joint exercises and disaster "
    "relief operations, the foreign ministry said.",
    "de": "Bundeskanzler Olaf Scholz und der französische Präsident Emmanuel Macron haben sich am "
    "Donnerstag in Paris auf eine engere Zusammenarbeit in der Verteidigungspolitik verständigt. "
    "Beide Länder wollen gemeinsam einen neuen Kampfpanzer entwickeln, wie das "
    "Verteidigungsministerium in Berlin mitteilte.",
    "fr": "Le président français Emmanuel Macron et le premier ministre japonais Fumio Kishida ont "
    "convenu jeudi d'ouvrir des négociations sur un accord d'accès réciproque qui permettra aux "
    "deux pays de renforcer leur coopération en matière de défense, a annoncé le ministère des "
    "affaires étrangères.",
    "es": "El primer ministro japonés, Fumio Kishida, y el presidente francés, Emmanuel Macron, "
    "acordaron el jueves iniciar negociaciones sobre un acuerdo de acceso recíproco que permitirá "
    "a los dos países facilitar una cooperación más estrecha en materia de defensa, según informó "
    "el ministerio.",
    "it": "Il primo ministro giapponese Fumio Kishida e il presidente francese Emmanuel Macron hanno "
    "concordato giovedì di avviare negoziati su un accordo di accesso reciproco che consentirà ai "
    "due paesi di facilitare una più stretta cooperazione nel settore della difesa, ha riferito "
    "il ministero degli Esteri.",
    "pt": "O primeiro-ministro japonês, Fumio Kishida, e o presidente francês, Emmanuel Macron, "
    "concordaram na quinta-feira em iniciar negociações sobre um acordo de acesso recíproco que "
    "permitirá aos dois países facilitar uma cooperação mais estreita na área da defesa, informou "
    "o ministério.",
    "nl": "De Japanse premier Fumio Kishida en de Franse president Emmanuel Macron zijn donderdag "
    "overeengekomen om onderhandelingen te beginnen over een wederzijds toegangsakkoord, waardoor "
    "de twee landen nauwer kunnen samenwerken op het gebied van defensie, zo heeft het ministerie "
    "laten weten.",
    "ja": (
        "岸田文雄首相とフランスのマクロン大統領は二日、パリで会談し、相"
        "互往来を円滑にする協定の締結に向けた交渉を始めることで合意した。"
    )
    * 4,
    "zh": (
        "日本首相岸田文雄与法国总统马克龙周四在巴黎举行会谈，双方同意就签"
        "署互惠准入协定展开谈判。外交部表示，两国领导人还讨论了合作的问题。"
    )
    * 4,
    "ru": "Премьер-министр Японии Фумио Кисида и президент Франции Эмманюэль Макрон договорились в "
    "четверг начать переговоры о соглашении о взаимном доступе, которое позволит двум странам "
    "облегчить более тесное сотрудничество в области обороны, сообщило министерство иностранных "
    "дел.",
    "ar": "اتفق رئيس الوزراء الياباني فوميو كيشيدا والرئيس الفرنسي إيمانويل ماكرون يوم الخميس على بدء "
    "مفاوضات بشأن اتفاق الوصول المتبادل الذي سيمكن البلدين من تسهيل تعاون دفاعي أوثق مثل "
    "التدريبات المشتركة وعمليات الإغاثة في حالات الكوارث، حسبما أعلنت وزارة الخارجية.",
}


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        *[(tag, "en") for tag in ("en", "en-GB", "EN_us", "eng", " En ", "en-Latn-US")],
        *[(tag, "de") for tag in ("de-AT", "ger", "deu")],
        *[(tag, "zh") for tag in ("zh-Hant", "chi", "zho", "cmn")],
        *[("iw", "he"), ("nb", "no"), ("nno", "no"), ("fre", "fr"), ("jpn", "ja")],
        *[(junk, "") for junk in ("", "und", "xx", "english!", "e", "zz-ZZ", "mul", "e n", "en-" + "x" * 99)],
    ],
)
def test_declared_languages_are_two_letters(declared: str, code: str) -> None:
    """`en-GB` and `eng` are `en`; what names no language is as if nothing was declared."""
    assert language(declared) == code


@pytest.mark.parametrize("code", PARAGRAPHS)
def test_a_paragraph_is_enough_to_tell(code: str) -> None:
    """Undeclared paragraphs go to their own language's lane."""
    assert lane(delivery(PARAGRAPHS[code], lang="")) == code


def test_what_is_declared_wins() -> None:
    """Declared before configured before detected before default."""
    german = PARAGRAPHS["de"]
    assert lane(delivery(german, lang="fr"), {"file": "it"}) == "fr"
    assert lane(delivery(german, lang="junk!"), {"file": "ita"}) == "it"
    assert lane(delivery(german, lang=""), {"other": "it"}) == "de"
    assert lane(delivery("Kurz gesagt: nein", lang=""), {}, "nl") == "nl"


@pytest.mark.parametrize("code", PARAGRAPHS)
def test_headlines_go_to_the_default_lane(code: str) -> None:
    """Under 200 letters nothing is guessed."""
    assert lane(delivery("", PARAGRAPHS[code][:190], lang="")) == "en"


def test_tables_stay_in_the_default_lane() -> None:
    """Telegraphic earnings and rainfall tables, names and figures say no other language."""
    earnings = (
        "Shr loss 51 cts vs loss three cts\nNet loss 7,041,000 vs loss 467,000\nRevs 138.9 mln vs 131.4 mln\n"
        * 4
    )
    rainfall = (
        "SAO PAULO NIL, PARANA 3.2 MM, MARINGA 10.5 MM, LONDRINA NIL, CAMPO MOURAO 22.0 MM, FRANCA 5.0\n" * 4
    )
    assert {lane(delivery(text, lang="")) for text in (earnings, rainfall, "1 2 3 " * 300, "A" * 500)} == {
        "en"
    }


@pytest.mark.parametrize("code", sorted(PARAGRAPHS.keys() - {"en"}))
def test_a_text_half_in_another_language_is_not_told_by_its_english(code: str) -> None:
    """English words must stand from the first to the last of it."""
    english, other = PARAGRAPHS["en"], PARAGRAPHS[code]
    halves = (f"{english}\n\n{other} {other}", f"{other} {other}\n\n{english}")
    assert "en" not in {lane(delivery(text, lang=""), {}, "nl") for text in halves}


@given(broken, st.text(max_size=12))
def test_any_text_has_a_lane(text: str, declared: str) -> None:
    """Whatever is declared or written, the lane is two letters."""
    assert language(found := lane(delivery(text * 20, lang=declared))) == found


def test_the_version_names_what_detects() -> None:
    """Another detector is another function: the worker compares this string."""
    assert "cld2" in LANES
