"""A whole company in simulated time, on calendars in memory, through the engine's own services."""
