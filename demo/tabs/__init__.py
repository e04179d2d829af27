"""The tabs of the page, a module with `build(shell, tab)` for each."""
