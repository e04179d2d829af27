"""Models and knowledge bases on the Hugging Face hub: fetched, and pushed with a card."""
