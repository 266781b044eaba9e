"""A page of a partner's -> what is right with the snippet on it, and what to mend."""
