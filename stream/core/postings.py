"""Under which words a story is found, the newest story first. Nothing is judged.

A story's postings stand in blocks of its own, so that none need say whose it is.
"""

from typing import Any

import numpy as np

from stream.core.compiled import compiled
from stream.core.lexicon import find_word, forget_word, new_word
from stream.core.shelves import (
    BLOCK,
    BLOCK_NEXT,
    BLOCK_POSTS,
    BLOCK_STORY,
    BLOCKS,
    FREE_BLOCK,
    POST_COLUMNS,
    POST_NEWER,
    POST_OLDER,
    POST_WORD,
    S_POST,
    WORD_NEWEST,
    Shelves,
    put_counter,
    put_post,
    put_story,
    put_word,
)


@compiled
def of_post(on: Shelves, post: int, column: int) -> int:
    return int(on.posts[post // BLOCK, BLOCK_POSTS + post % BLOCK * POST_COLUMNS + column])


@compiled
def _put(on: Shelves, post: int, column: int, value: int) -> None:
    put_post(on, post // BLOCK, BLOCK_POSTS + post % BLOCK * POST_COLUMNS + column, value)


@compiled
def story_of(on: Shelves, post: int) -> int:
    return int(on.posts[post // BLOCK, BLOCK_STORY])


@compiled
def post(on: Shelves, story: int, hashed: int) -> None:
    """The story stands under a word that it did not stand under."""
    one = np.empty(1, np.int32)
    one[0] = hashed
    post_all(on, story, one, 1)


@compiled
def post_all(on: Shelves, story: int, words: Any, count: int) -> None:
    """Under the first so many words, in one call: to hand the shelves on costs as much as to post one."""
    for at in range(count):
        word = find_word(on, int(words[at]))
        if word < 0:
            word = new_word(on, int(words[at]))
        row = _find(on, story, -1)
        if row < 0:
            row = _new_block(on, story) * BLOCK
        older = int(on.words[word, WORD_NEWEST])
        _put(on, row, POST_WORD, word + 1)
        _put(on, row, POST_OLDER, older)
        _put(on, row, POST_NEWER, 0)
        if older:
            _put(on, older - 1, POST_NEWER, row + 1)
        put_word(on, word, WORD_NEWEST, row + 1)


@compiled
def unpost(on: Shelves, story: int, hashed: int) -> None:
    word = find_word(on, hashed)
    row = _find(on, story, word)
    older, newer = of_post(on, row, POST_OLDER), of_post(on, row, POST_NEWER)
    if older:
        _put(on, older - 1, POST_NEWER, newer)
    if newer:
        _put(on, newer - 1, POST_OLDER, older)
    else:
        put_word(on, word, WORD_NEWEST, older)
    _put(on, row, POST_WORD, 0)
    if int(on.words[word, WORD_NEWEST]) == 0:
        forget_word(on, word)


@compiled
def release_blocks(on: Shelves, story: int) -> None:
    """Of a story that stands under no word any more."""
    block = int(on.stories[story, S_POST]) - 1
    while block >= 0:
        after = int(on.posts[block, BLOCK_NEXT]) - 1
        put_post(on, block, BLOCK_NEXT, int(on.counters[FREE_BLOCK]))
        put_counter(on, FREE_BLOCK, block + 1)
        block = after


@compiled
def _find(on: Shelves, story: int, word: int) -> int:
    """Where a story stands under a word; for -1, where it has room for one more. -1 where it does not."""
    block, found = int(on.stories[story, S_POST]) - 1, -1
    while block >= 0 and found < 0:
        for at in range(BLOCK):
            if found < 0 and int(on.posts[block, BLOCK_POSTS + at * POST_COLUMNS + POST_WORD]) == word + 1:
                found = block * BLOCK + at
        block = int(on.posts[block, BLOCK_NEXT]) - 1
    return found


@compiled
def _new_block(on: Shelves, story: int) -> int:
    block = int(on.counters[FREE_BLOCK]) - 1
    if block >= 0:
        put_counter(on, FREE_BLOCK, int(on.posts[block, BLOCK_NEXT]))
    else:
        block = int(on.counters[BLOCKS])
        put_counter(on, BLOCKS, block + 1)
    for at in range(BLOCK):
        _put(on, block * BLOCK + at, POST_WORD, 0)
    put_post(on, block, BLOCK_STORY, story)
    put_post(on, block, BLOCK_NEXT, int(on.stories[story, S_POST]))
    put_story(on, story, S_POST, block + 1)
    return block
