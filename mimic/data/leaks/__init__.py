"""Mentions that give their answer away, and a data folder without them."""
