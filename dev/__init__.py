"""Each day's commands for people who work on vieraugen; not part of what is installed."""
