"""Write the published JSON Schemas: `python -m tests.core.content.write_schemas`."""

from __future__ import annotations

from pathlib import Path

from core.content.json_schema import schema_files

FOLDER = Path(__file__).parents[3] / "core" / "content" / "schema"


def main() -> None:
    for name, text in schema_files().items():
        (FOLDER / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
