"""The store in memory keeps the store's contract."""

from __future__ import annotations

import pytest

from core.memory.store import MemoryStore
from tests.contracts.store_contract import StoreContract


class TestMemoryStore(StoreContract):
    @pytest.fixture
    def store(self) -> MemoryStore:
        return MemoryStore()
