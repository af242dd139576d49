"""The store in a database: SQLite by default, PostgreSQL by URL."""
