"""The nouns: plain, frozen values with no I/O."""
