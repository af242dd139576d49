"""Pages for people with a browser and no account: plain HTML that works without scripts."""
