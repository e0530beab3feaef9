"""A whole installation under faults, and what is left of the laws afterwards. Nothing here decides about news."""
