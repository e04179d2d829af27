"""The sections of a report and the file that binds them."""
