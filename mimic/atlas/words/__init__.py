"""Sentences: wordings, and which words decide."""
