"""Where you live -> who speaks for you."""
