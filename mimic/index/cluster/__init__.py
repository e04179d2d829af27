"""The same index on a Ray cluster: built by many processes, held and searched by many."""
