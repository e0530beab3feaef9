"""One worker for an hour at a steady rate, with a window that is full and moves on: whether anything grows."""
