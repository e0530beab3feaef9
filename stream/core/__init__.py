"""The pure core: bytes and values in, values out. No clock, chance, environment, logging, await or I/O enters here."""
