"""What is measured of a model on a split, a module for each command."""
