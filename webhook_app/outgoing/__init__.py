"""Outgoing webhooks: the request itself, and the guard that keeps it out of the house."""
