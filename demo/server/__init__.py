"""How the page is served: theme, limits, sessions, downloads."""
