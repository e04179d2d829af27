"""Atlas, the bundled data set, made from facts, drawings and templates."""
