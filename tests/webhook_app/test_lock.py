"""One engine on a data folder with SQLite."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import InvalidInput
from webhook_app.config import Settings
from webhook_app.jobs.lock import engine_lock, engine_runs


def test_one_engine_on_a_data_folder(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)

    assert not engine_runs(settings)
    with engine_lock(settings):
        assert engine_runs(settings)
        with pytest.raises(InvalidInput, match="SQLite allows one"), engine_lock(settings):
            pass
    assert not engine_runs(settings)
