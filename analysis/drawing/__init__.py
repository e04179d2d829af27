"""Everything that puts ink on a figure: pens, plots, fonts, colours. Computes nothing."""
