"""Jan, who builds automations, walks JOURNEYS 3.5 from the contract to the last delivery."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import APIResponse, BrowserContext, expect
from standardwebhooks import Webhook

from core.model.engagement import HrisEvent
from core.model.people import pair_id
from core.refs import pair_ref
from tests.browser.conftest import Visit
from tests.browser.house import HRIS_SECRET, House, address
from tests.browser.test_side_by_side import row, until
from tests.webhook_app.outgoing.receiver import Receiver, running_receiver
from webhook_app.auth import sessions

WORDS = "Zaubertrank besorgen"


class Jan:
    """Somebody with an API: in his browser, where he signed in, or with a token."""

    def __init__(self, context: BrowserContext, house: House) -> None:
        self.context, self.house, self.csrf = context, house, ""

    def sign_in(self, login: str) -> None:
        cookie = self.house.cookie(login)
        self.context.add_cookies([{"name": "vieraugen", "value": cookie, "url": self.house.url}])
        self.csrf = sessions.csrf_of(cookie)

    def ask(
        self, verb: str, path: str, body: Any = None, *, token: str = "", **more: str
    ) -> APIResponse:
        headers = {k.replace("_", "-"): v for k, v in more.items()}
        headers |= {"authorization": f"Bearer {token}"} if token else {"x-csrf-token": self.csrf}
        url = f"{self.house.url}/api/v1{path}"
        return self.context.request.fetch(url, method=verb, data=body, headers=headers)

    def made(self, path: str, body: Any) -> Any:
        answer = self.ask("POST", path, body)
        assert answer.status == 201, answer.text()
        return answer.json()


def hired(house: House, jan: Jan, *, query: str = "", signed: bool = True) -> APIResponse:
    """Let the personnel system tell that somebody begins."""
    data = {"email": "eva@example.com", "name": "Eva", "manager": address("ben")}
    body, at = json.dumps({"type": "employee.hired", "data": data}), datetime.now(UTC)
    sign = Webhook(HRIS_SECRET).sign("jan-1", at, body) if signed else "v1,bm90aGluZw=="
    headers = {
        "content-type": "application/json",
        "webhook-id": "jan-1",
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": sign,
    }
    url = f"{house.url}/hooks/hris{query}"
    return jan.context.request.post(url, data=body, headers=headers)


def told(receiver: Receiver, entry: str) -> list[str]:
    """Return the ids under which an entry was told."""
    sent = zip(receiver.ids, receiver.bodies, strict=True)
    return [name for name, body in sent if body["data"].get("entry") == entry]


def entry_of(house: House, text: str) -> str:
    until(lambda: text in [p.text for p in house.agenda().points])
    return next(p.point_id for p in house.agenda().points if p.text == text)


def test_jan_walks_from_the_contract_to_the_last_delivery(visit: Visit, house: House) -> None:
    page = visit("anna")
    jan, series = Jan(page.context, house), house.series()
    with running_receiver() as receiver:
        # 1: the contract, without a login
        page.goto(f"{house.url}/docs")
        expect(page.get_by_text("/webhooks", exact=False).first).to_be_visible()
        contract = page.request.get(f"{house.url}/openapi.json").json()
        assert contract["openapi"].startswith("3.1")

        # 2: a token for webhooks only; elsewhere the missing scope is named
        jan.sign_in("anna")
        token = jan.made("/tokens", {"name": "n8n", "scopes": ["webhooks"]})
        refused = jan.ask("GET", "/pairs", token=token["token"])
        assert refused.status == 403
        assert "agenda:read" in refused.text()
        assert token["token"] not in jan.ask("GET", "/tokens").text()

        # 3: the test URL answers 404 and the reason is said; a LAN address needs the admin
        hook = {"url": receiver.url, "events": ["point.added"]}
        made = jan.ask("POST", "/webhooks", hook, token=token["token"]).json()
        path = f"/webhooks/{made['id']}"
        receiver.answer(404, '{"message":"not registered"}')
        tried = jan.ask("POST", f"{path}/test", token=token["token"]).json()
        assert (tried["status"], bool(tried["hint"])) == (404, True)
        lan = {**hook, "url": "http://192.168.1.1/x"}
        assert jan.ask("POST", "/webhooks", lan, token=token["token"]).status == 403

        # 4 and 5: a point typed on the phone is told by ids, signed, without a word of it
        receiver.answer(204)
        receiver.got.clear()
        house.put("anna", lambda text: text.replace("Anna\n", f"Anna\n- {WORDS}\n", 1))
        entry = entry_of(house, WORDS)
        until(lambda: len(told(receiver, entry)) == 1)
        headers, body = receiver.got[receiver.ids.index(told(receiver, entry)[0])]
        assert Webhook(made["secret"]).verify(body, headers)
        whole = body.decode() + str(headers)
        assert "Zaubertrank" not in whole
        assert "@example.com" not in whole

        # 6: the words by API, once both have allowed it
        program = jan.made(
            "/tokens",
            {"name": "form", "scopes": ["agenda:read", "agenda:write"], "integration": True},
        )
        points = f"/series/{series.series_id}/agenda"
        assert jan.ask("GET", points, token=program["token"]).status == 403
        pair = pair_ref(pair_id(address("anna"), address("ben")))
        allow = f"/pairs/{pair}/integrations/{program['id']}"
        for login in ("anna", "ben"):
            jan.sign_in(login)
            said = jan.ask("PUT", allow)
            assert said.status == 200, said.text()
        jan.sign_in("anna")
        assert WORDS in jan.ask("GET", points, token=program["token"]).text()

        # 9: the same request twice is one point, on the open page as well
        add = f"/series/{series.series_id}/points"
        for _ in range(2):
            answer = jan.ask(
                "POST",
                add,
                {"text": "Aus dem Formular"},
                token=program["token"],
                idempotency_key="form-1",
                on_behalf_of=address("anna"),
            )
            assert answer.status == 201, answer.text()
        page.goto(house.talk("anna"))
        expect(row(page, "Aus dem Formular")).to_have_count(1)

        # 7, 8 and 11: it is down, then up: all arrive in order, under their first ids
        receiver.got.clear()
        receiver.answer(503)
        names = [entry_of(house, text) for text in typed(house, ("Eins", "Zwei", "Drei"))]
        until(lambda: receiver.ids != [])
        first = receiver.ids[0]
        waiting = jan.ask("GET", f"{path}/deliveries", token=token["token"])
        assert "Eins" not in waiting.text()
        receiver.answer(204)
        shown = next(d for d in waiting.json()["items"] if d["webhook_id"] == first)
        again = f"{path}/deliveries/{shown['id']}/resend"
        assert jan.ask("POST", again, token=token["token"]).status == 200
        until(lambda: all(told(receiver, name) for name in names))
        assert receiver.ids.count(first) >= 2
        order = list(dict.fromkeys(b["data"]["entry"] for b in receiver.bodies))
        with house.app.store.transaction() as tx:
            happened = [h.entry for _, h in tx.happenings() if h.name == "point.added"]
        assert [o for o in order if o in names] == [h for h in happened if h in names]

        # 10: the personnel system: unsigned is refused, a dry run keeps nothing
        assert hired(house, jan, signed=False).status in (401, 403)
        rehearsed = hired(house, jan, query="?dry_run=1")
        assert (rehearsed.status, len(rehearsed.json()["new_pairs"])) == (200, 1)
        with house.app.store.transaction() as tx:
            assert tx.nouns(HrisEvent) == []

        # 12: the hook is gone, the token is revoked: no request, and 401
        assert jan.ask("DELETE", path, token=token["token"]).status == 204
        assert jan.ask("DELETE", f"/tokens/{token['id']}").status == 204
        receiver.got.clear()
        last = entry_of(house, *typed(house, ("Danach",)))
        until(lambda: "Danach" in house.event())
        assert told(receiver, last) == []
        assert jan.ask("GET", "/webhooks", token=token["token"]).status == 401


def typed(house: House, texts: tuple[str, ...]) -> tuple[str, ...]:
    """Let Anna type lines on her phone, one below the other."""
    lines = "".join(f"- {text}\n" for text in texts)
    house.put("anna", lambda text: text.replace("Anna\n", f"Anna\n{lines}", 1))
    return texts
