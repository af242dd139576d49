"""Durable work: actions that survive kill -9, and the loop that finds what is due."""
