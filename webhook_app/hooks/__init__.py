"""What suites send us: announcements of changes, and how we keep being told of them."""
