"""Fits the weights of the story channel on development wires. The product reads none of it."""
