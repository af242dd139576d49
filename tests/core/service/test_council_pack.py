"""The works council's pack: every rule with its thresholds, what is kept, and the switch log."""

from __future__ import annotations

import json

import pytest

from core.memory.store import MemoryStore
from core.rules.registry import built_in
from core.service.council_pack import council_pack
from core.service.rule_book import turn
from tests.core.builders import NOW


@pytest.mark.capability("C-37", "F-32")
def test_us_8_the_pack_lists_data_rules_and_switches_and_is_data() -> None:
    store = MemoryStore()
    with store.transaction() as tx:
        fresh = council_pack(tx, NOW, "de")
        turn(tx, "aggregates", True, by="council@example.com", now=NOW)
        after = council_pack(tx, NOW, "de")

    assert {rule["id"] for rule in fresh["rules"]} == {rule.rule_id for rule in built_in()}
    assert not any(rule["on"] for rule in fresh["rules"] if rule["reads_words"])
    assert fresh["switches"]["figures of departments"] is False
    assert after["switches"]["figures of departments"] is True
    assert [line["by"] for line in after["switches"]["log"]] == ["council@example.com"]
    assert all(
        {"kind", "purpose", "seen_by"} == set(row) and all(row.values()) for row in fresh["data"]
    )
    assert json.loads(json.dumps(after)) == after
