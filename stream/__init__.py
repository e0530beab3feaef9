"""Slugline turns a news wire into stories."""

__version__ = "0.1.0"
