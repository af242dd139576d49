"""CalDAV has no way to write to a person; the mail adapter does that. So there is no port."""

messages = None
