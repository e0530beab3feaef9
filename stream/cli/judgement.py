"""The options about judgement that the worker and fold share, and the settings that they make. No command is here."""

from typing import Any

import click

from replay.options import max_item_bytes_option
from stream.core.settings import Settings
from stream.core.times import DAY

story_life_option = click.option(
    "--story-life",
    type=click.FloatRange(min=0, min_open=True, max=3650),
    default=30.0,
    show_default=True,
    envvar="SLUGLINE_STORY_LIFE",
    show_envvar=True,
    metavar="DAYS",
    help="Days of event time after its last member for which a story stays open.",
)
languages_option = click.option(
    "--language",
    "languages",
    multiple=True,
    envvar="SLUGLINE_LANGUAGES",
    show_envvar=True,
    metavar="SOURCE=LANG",
    help="The language of a source that declares none; may be repeated.",
)


def judgement_options(command: Any) -> Any:
    """All of them, on a command."""
    return story_life_option(languages_option(max_item_bytes_option(command)))


def settings(story_life: float, languages: tuple[str, ...], max_item_bytes: int) -> Settings:
    """From the options as click read them; UsageError for a language that is none."""
    return Settings(int(story_life * DAY), max_item_bytes, languages=_languages(languages))


def _languages(written: tuple[str, ...]) -> dict[str, str]:
    """`ansa=it` as a mapping."""
    pairs = [one.partition("=") for one in written]
    for source, sign, language in pairs:
        if not (source and sign and language):
            raise click.UsageError(
                f"--language {source}{sign}{language}: expected SOURCE=LANG, such as ansa=it"
            )
    return {source: language for source, _, language in pairs}
