"""Use cases: what the web app, the command line and the jobs call.

Each takes the services and `now`; none reads a clock, an environment or a
database of its own.
"""
