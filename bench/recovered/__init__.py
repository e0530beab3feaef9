"""How long a worker with a large window takes to stand again. Nothing is asked of what it says."""
