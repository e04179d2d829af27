"""From a mention to ranked entities: the linker, doubt, whole splits and tables, the bundle."""
