"""The demo: made-up people, a real calendar server, and the engine at work."""
