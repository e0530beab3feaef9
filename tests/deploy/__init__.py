"""The repository as it is handed on: its rooms, lock files, image and compose file. No broker runs here."""
