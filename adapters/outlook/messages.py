"""Outlook itself reaches a person by mail alone, which the mail adapter sends, and Teams chat
needs a bot with an address of its own. So there is no port."""

messages = None
