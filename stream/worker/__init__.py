"""The worker: the only room that imports faust. `faust -A stream.worker worker --without-web` finds `app` here."""

from typing import Any


def __getattr__(name: str) -> Any:
    """`app` is wired when it is asked for, from the environment: importing this package starts nothing."""
    if name != "app":
        raise AttributeError(name)
    from stream.worker.environment import app_from_environment

    return app_from_environment()
