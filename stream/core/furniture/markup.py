"""HTML taken off a text: tags, comments, scripts, character references. Whatever else looks like it stays."""

import html
import re
from typing import Final

_BLOCK_NAMES: Final = """
    address article aside blockquote body br center dd div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 head header hr html iframe li main nav noscript object ol p pre section
    table tbody td tfoot th thead title tr ul video
"""
_INLINE_NAMES: Final = """
    a abbr acronym b bdi bdo big button cite code del dfn em embed font i img input ins kbd label
    link mark meta picture q s samp small source span strike strong sub sup time tt u var wbr
"""
_BLOCKS: Final = frozenset(_BLOCK_NAMES.split())
_NAMES: Final = "|".join(sorted([*_BLOCKS, *_INLINE_NAMES.split(), "script", "style"], key=len, reverse=True))
_TAG: Final = re.compile(rf"<(/?)({_NAMES})(?=[\s/>])([^<>]*)>", re.IGNORECASE)
_HIDDEN: Final = re.compile(r"<(script|style)(?=[\s>])[^<>]*>|<!--", re.IGNORECASE)
_CLOSING: Final = {
    "script": re.compile(r"</script[^<>]*>?", re.IGNORECASE),
    "style": re.compile(r"</style[^<>]*>?", re.IGNORECASE),
    "": re.compile("-->"),
}
_REFERENCE: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_ROUNDS: Final = 3  # feeds escape HTML once more than they should, now and then twice


def without_markup(text: str) -> str:
    """The words that a browser would show; blocks are paragraphs. Tickers (`<SRD>`, `<P>`) are not markup."""
    for _ in range(_ROUNDS):
        before = text
        if "<" in text and _is_html(text):
            text = _TAG.sub(_tag, _without_hidden(text))
        if "&" in text and _REFERENCE.search(text):
            text = html.unescape(text)
        if text == before:
            break
    return text


def _is_html(text: str) -> bool:
    """Told by a closing tag or one in lower case: 1987 copy has `<P>` and `<DD>`, both companies."""
    return any(tag[1] or tag[2].islower() for tag in _TAG.finditer(text)) or "<!--" in text


def _tag(tag: re.Match[str]) -> str:
    name = tag[2].lower()
    if name == "br":
        return "\n"
    return "\n\n" if name in _BLOCKS else " " if name in ("img", "button") else ""


def _without_hidden(text: str) -> str:
    """Without comments, scripts and styles; one that is never closed may be the whole text and stays."""
    shown: list[str] = []
    unclosed: set[str] = set()
    at = 0
    while hidden := _HIDDEN.search(text, at):
        kind = (hidden[1] or "").lower()
        closed = None if kind in unclosed else _CLOSING[kind].search(text, hidden.end())
        if closed is None:
            unclosed.add(kind)
        shown.append(text[at : hidden.start() if closed else hidden.end()])
        at = (closed or hidden).end()
    return "".join([*shown, text[at:]])
