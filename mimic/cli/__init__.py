"""The commands of `python -m mimic`, a module for each group."""
