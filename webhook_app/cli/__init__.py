"""The command `vieraugen`. Only what a command needs is imported, when it runs."""
