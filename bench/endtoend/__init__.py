"""The worker beside bare faust apps: the same core functions, the same bytes, the same topics, in one run."""
