"""Tables and figures from records. Knows the model, never the page."""
