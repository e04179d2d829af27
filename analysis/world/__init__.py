"""What a model is worth outside its drawings: photographs, unknown things, published data."""
