"""Whole splits: their ranks, among which candidates, without what leaks, and as files."""
