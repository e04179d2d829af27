"""Training a model, short retraining on fixed features, and the baseline."""
