"""What a card shows and does, the same in Google and Teams."""
