"""How a cross-encoder learns to look again."""
