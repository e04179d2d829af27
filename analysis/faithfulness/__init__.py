"""Whether explanations point at what decides, measured on Atlas."""
