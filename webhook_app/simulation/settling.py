"""What is known of a pair beside its calendars: settings, and what the personnel system says."""

from __future__ import annotations

from datetime import datetime

from core.model.engagement import Engagement
from core.service.settings import change_pair, change_person
from core.store import Transaction
from webhook_app.simulation import habits
from webhook_app.simulation.behaviours import Behaviour
from webhook_app.simulation.company import START, WEEK, Couple


def settle(tx: Transaction, couple: Couple, weeks: int, now: datetime) -> None:
    """Keep what the two of a pair chose, and what the company knows of them."""
    report = couple.report.address
    match couple.behaviour:
        case Behaviour.FREE:
            change_pair(tx, couple.pair_id, now=now, free_talk=True)
        case Behaviour.ON_LEAVE:
            first, back = (START + week * WEEK for week in habits.LEAVE)
            change_person(tx, report, now=now, paused_from=first.date(), paused_until=back.date())
        case Behaviour.NEW:
            begins = START + (couple.begins - 1) * WEEK
            tx.put_noun(
                Engagement(address=report, manager=couple.manager.address, starts_on=begins.date())
            )
        case Behaviour.REVIEW:
            review = START + (weeks // 2) * WEEK
            tx.put_noun(
                Engagement(address=report, manager=couple.manager.address, review_on=review.date())
            )
        case _:
            pass
