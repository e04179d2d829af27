"""The entity side of every unit, computed once, stored, and searched exactly."""
