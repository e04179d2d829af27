"""What a linked text is written as; each module says how it counts offsets."""
