"""The upstream files -> the package's own tables. Runs when an organiser builds them."""
