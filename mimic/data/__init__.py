"""Data folders and knowledge bases: the authors' layout, users' tables, and what is in them."""
