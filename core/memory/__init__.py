"""Every port and the store in memory: what tests, trials and simulations run on."""
