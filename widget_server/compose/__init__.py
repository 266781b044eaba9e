"""Who and why -> words. Pure: nothing is read, written or random here."""
