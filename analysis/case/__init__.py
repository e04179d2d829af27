"""A case study: its record, its figure, and every file that an export holds."""
