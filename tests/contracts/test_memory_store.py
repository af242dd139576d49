"""The store in memory keeps the store's contract."""

from __future__ import annotations

import pytest

from core.memory.store import MemoryStore
from tests.contracts.inbox_contract import InboxContract
from tests.contracts.noun_contract import NounContract
from tests.contracts.store_contract import StoreContract


class TestMemoryStore(StoreContract, NounContract, InboxContract):
    @pytest.fixture
    def store(self) -> MemoryStore:
        return MemoryStore()
