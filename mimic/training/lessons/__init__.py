"""What a vision and a text model learn alone, before the training of all."""
