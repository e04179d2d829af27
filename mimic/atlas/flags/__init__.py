"""Flags of the sovereign states, drawn."""
