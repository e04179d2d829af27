"""Whole texts: where their mentions are, and the formats in which they come and go."""
