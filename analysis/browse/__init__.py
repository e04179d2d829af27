"""Every mention of a split as one or two models answered it: filters, pages, exports, one file."""
