"""Pictures drawn by code, which know their parts."""
