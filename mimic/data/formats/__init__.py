"""Data sets in the shapes that others publish them in, read into the authors' records."""
