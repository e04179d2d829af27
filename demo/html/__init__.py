"""What the page shows as HTML, from records. Texts from outside are escaped here."""
