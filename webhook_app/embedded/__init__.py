"""Servers that this program runs beside itself, as separate processes."""
