"""Laws of the broker room: its clients and brokers are real ones."""
