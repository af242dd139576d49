"""Texts and names that contracts use."""

WEEKLY = "weekly@example.org"
TEXT = "Ä punkt, mit Komma; Strichpunkt \\ Backslash\n  eingerückt 🎉\n\n• مرحبا\n- [ ] Ende"
