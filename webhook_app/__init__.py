"""The web app, the command line and everything that knows SQL, Flask and the environment."""
