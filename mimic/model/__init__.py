"""The model of the paper: encoders, the three units, and texts and pictures as tensors."""
