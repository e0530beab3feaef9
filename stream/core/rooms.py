"""The modules whose tables and limits decide, for the engine's id. What only tells, keeps or reads the wire may not enter.

A test follows the imports of judge.py and forget.py: whatever it reaches and has a table or a limit stands here.
"""

from types import ModuleType
from typing import Final

from stream.core import (
    alike,
    asked,
    assemble,
    authorship,
    chunks,
    clock,
    coded,
    conflicts,
    content,
    cut,
    endings,
    facts,
    filing,
    fingerprint,
    forget,
    galley,
    generation,
    ground,
    headline,
    index,
    kinship,
    lane,
    like_facts,
    like_member,
    like_profile,
    likeness,
    logs,
    measured,
    measures,
    morgue,
    nearest,
    nearness,
    one_pass,
    overlap,
    parting,
    passage,
    plain_stamps,
    plain_stems,
    policy,
    policy_story,
    ranking,
    rarity,
    reading,
    reasons,
    runs,
    scan,
    seen,
    sentences,
    shelves,
    spelling,
    stamps,
    standing,
    stems,
    stitch,
    telling,
    terms,
    times,
    unite,
    verify,
    words,
)

ROOMS: Final[tuple[ModuleType, ...]] = (
    # What a text is read as.
    words, spelling, endings, reading, chunks, one_pass, stitch, coded, scan, headline, fingerprint, stamps, plain_stamps,
    seen, times, logs,
    # What may be one text with it, and whether it is.
    index, generation, ranking, runs, measures, nearness, overlap, policy, verify, lane,
    # What may be one event with it, and whether it is.
    rarity, terms, facts, standing, asked, filing, shelves, morgue, nearest, alike, like_facts, like_member,
    like_profile, likeness, measured, kinship, policy_story,
    # What lives, what is one story, and what it has told.
    clock, forget, unite, assemble, authorship, conflicts, galley, parting, passage, sentences, content, stems,
    plain_stems, ground, telling,
    # How the reason is written.
    cut, reasons,
)  # fmt: skip
