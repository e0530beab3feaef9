"""The public topics read back, as any subscriber would: plain consumers, no group. Nothing is shown here."""
