"""Under which words a story is found, the newest story first. Nothing is judged."""

from stream.core.compiled import compiled
from stream.core.lexicon import find_word, forget_word, new_word
from stream.core.shelves import (
    FREE_POST,
    POST_NEWER,
    POST_NEXT,
    POST_OLDER,
    POST_STORY,
    POST_WORD,
    POSTS,
    S_POST,
    WORD_NEWEST,
    Shelves,
    put_counter,
    put_post,
    put_story,
    put_word,
)


@compiled
def post(on: Shelves, story: int, hashed: int) -> None:
    """The story stands under a word that it did not stand under."""
    word = find_word(on, hashed)
    if word < 0:
        word = new_word(on, hashed)
    row = int(on.counters[FREE_POST]) - 1
    if row >= 0:
        put_counter(on, FREE_POST, int(on.posts[row, POST_NEXT]))
    else:
        row = int(on.counters[POSTS])
        put_counter(on, POSTS, row + 1)
    older = int(on.words[word, WORD_NEWEST])
    put_post(on, row, POST_WORD, word)
    put_post(on, row, POST_STORY, story)
    put_post(on, row, POST_OLDER, older)
    put_post(on, row, POST_NEWER, 0)
    put_post(on, row, POST_NEXT, int(on.stories[story, S_POST]))
    if older:
        put_post(on, older - 1, POST_NEWER, row + 1)
    put_word(on, word, WORD_NEWEST, row + 1)
    put_story(on, story, S_POST, row + 1)


@compiled
def unpost(on: Shelves, story: int, hashed: int) -> None:
    word = find_word(on, hashed)
    before, row = -1, int(on.stories[story, S_POST]) - 1
    while on.posts[row, POST_WORD] != word:
        before, row = row, int(on.posts[row, POST_NEXT]) - 1
    after = int(on.posts[row, POST_NEXT])
    if before < 0:
        put_story(on, story, S_POST, after)
    else:
        put_post(on, before, POST_NEXT, after)
    older, newer = int(on.posts[row, POST_OLDER]), int(on.posts[row, POST_NEWER])
    if older:
        put_post(on, older - 1, POST_NEWER, newer)
    if newer:
        put_post(on, newer - 1, POST_OLDER, older)
    else:
        put_word(on, word, WORD_NEWEST, older)
    put_post(on, row, POST_NEXT, int(on.counters[FREE_POST]))
    put_counter(on, FREE_POST, row + 1)
    if int(on.words[word, WORD_NEWEST]) == 0:
        forget_word(on, word)
