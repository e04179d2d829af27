"""A second look at the first candidates of a ranking."""
