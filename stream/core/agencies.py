"""The news agencies and the names they go by. Where such a name may stand in a text is not told here."""

from typing import Final

_TABLE: Final = {
    "Kyodo": "kyodo news agency; kyodo news; kyodo news service; kyodo news international; kyodonews",
    "Reuters": "reuter; reuters news agency; thomson reuters; reuters news; thomson reuters foundation",
    "AP": "associated press; the ap; ap news; apnews",
    "AFP": "agence france-presse; agence france presse; afp news agency; afp-jiji",
    "UPI": "united press international",
    "Xinhua": "xinhua news agency; new china news agency; xinhuanet; ncna",
    "TASS": "itar-tass; tass news agency; the soviet news agency tass; soviet news agency tass",
    "RIA": "ria novosti; ria news agency; sputnik",
    "Interfax": "interfax news agency; interfax-ukraine; interfax ukraine",
    "dpa": "deutsche presse-agentur; deutsche presse agentur; dpa international",
    "EFE": "agencia efe; efe news agency; efe-epa",
    "ANSA": "ansa news agency; agenzia ansa",
    "PA": "press association; pa media; pa news agency",
    "Bloomberg": "bloomberg news; bloomberg business news",
    "Jiji": "jiji press; jiji press news agency",
    "Yonhap": "yonhap news agency; yonhap news",
    "KCNA": "korean central news agency; north korean news agency kcna",
    "PTI": "press trust of india",
    "ANI": "asian news international; ani news",
    "IANS": "indo-asian news service",
    "CP": "canadian press",
    "AAP": "australian associated press",
    "APA": "austria presse agentur",
    "IRNA": "irna news agency; islamic republic news agency",
    "WAM": "emirates news agency; wam news agency",
    "SPA": "saudi press agency",
    "MENA": "middle east news agency; mena news agency",
    "QNA": "qatar news agency",
    "SANA": "sana news agency; syrian arab news agency",
    "Anadolu": "anadolu agency; anadolu ajansi; anatolian news agency; anatolia news agency",
    "Antara": "antara news agency; antara news",
    "Bernama": "bernama news agency",
    "CNA": "central news agency; china news agency",
    "Belga": "belga news agency",
    "ANP": "anp news agency; algemeen nederlands persbureau",
    "TT": "tt news agency; tidningarnas telegrambyra",
    "NTB": "ntb news agency; norsk telegrambyra",
    "Ritzau": "ritzau news agency",
    "STT": "stt news agency; stt-lehtikuva",
    "PAP": "pap news agency; polish press agency",
    "CTK": "ctk news agency; czech news agency",
    "MTI": "mti news agency; hungarian news agency",
    "Tanjug": "tanjug news agency; yugoslav news agency tanjug",
    "Agerpres": "agerpres news agency",
    "Lusa": "lusa news agency; agencia lusa",
    "Ukrinform": "ukrinform news agency",
    "Telam": "telam news agency",
    "VNA": "vietnam news agency",
    "AKI": "adnkronos; adnkronos international",
    "Dow Jones": "dow jones newswires; dow jones news service",
}
_VARIANTS: Final = {
    variant.strip(): name
    for name, variants in _TABLE.items()
    for variant in (name.lower(), *variants.split(";"))
}


def agency(written: str) -> str:
    """The short name of the agency that is meant (`Kyodo News Agency` is `Kyodo`), or an empty string."""
    name = " ".join(written.lower().replace(".", "").split()).removeprefix("the ")
    return _VARIANTS.get(name, "")


def first_agency(written: str) -> str:
    """The first agency among several names: `CBS/AP` is `AP`, `Reuters, AFP` is `Reuters`."""
    if whole := agency(written):
        return whole
    parts = written.replace("/", ",").replace("&", ",").replace(" and ", ",").split(",")
    return next(filter(None, map(agency, parts)), "")
