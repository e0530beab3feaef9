"""What stands around a news text and is not its news, taken off piece by piece. Comparing may not enter."""
