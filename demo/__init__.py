"""The page. Knows the analysis and the model; nothing knows it."""
