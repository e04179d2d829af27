"""Files that appear whole, cells of tables, and how commands talk."""
