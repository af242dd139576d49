"""Adapters: one folder a suite, each with the same files and the same face, `build`."""
