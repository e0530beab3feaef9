"""Stories, events and dead letters for people. Every word is from a topic; reading one may not enter."""
