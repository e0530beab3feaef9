"""`python -m stream` is `slugline`. Nothing else may enter."""

from stream.cli import main

main(prog_name="slugline")
