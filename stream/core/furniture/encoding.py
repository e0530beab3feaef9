"""Broken encodings mended, control characters dropped, where a text has any. No other change may enter."""

import re
from typing import Final

import ftfy

from stream.core.words import IGNORED

# UTF-8 read as Latin-1 or Windows-1252 shows one of these pairs; ftfy costs 0.2 to 0.8 ms a text.
_BROKEN: Final = re.compile(
    "[ÂÃ][\x80-ÿ€‚„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œ]|â[\x80€]|ï»¿|ï¿½|ð[\x9fŸ]|[ÐÑ][\x80-\xbf€‚]|[\x80-\x9f]"
)
_AT_MOST: Final = 50_000  # characters given to ftfy at once: it looks at each line more than once
# Joiners are part of Persian and Indic spelling and of emoji; variation selectors choose a sign's picture.
_KEPT: Final = {0x200C, 0x200D, *range(0xFE00, 0xFE10)}
_DROPPED: Final = {sign: None for sign in IGNORED if sign not in _KEPT}


def mend(text: str) -> str:
    """`dÃ©fense` is `défense`; a text without such signs comes back as it is."""
    if text.isascii() or not _BROKEN.search(text):
        return text
    return "".join(
        ftfy.fix_encoding(text[start : start + _AT_MOST]) for start in range(0, len(text), _AT_MOST)
    )


def visible(line: str) -> str:
    """One line without controls, soft hyphens, zero-width and bidi marks, its white space single."""
    if line.isprintable() and "  " not in line:  # the only white space that is printable
        return line.strip()
    line = " ".join(line.split())
    return line if line.isprintable() else " ".join(line.translate(_DROPPED).split())
