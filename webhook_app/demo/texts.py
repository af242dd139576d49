"""What stands in the demo's events before we write."""

from __future__ import annotations

NOTES = "Raum Linde, 2. Stock\nBitte pünktlich, danach ist der Raum belegt."
GREETING = "We meet in the small room."
