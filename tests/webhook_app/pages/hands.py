"""People who press buttons on the pages."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.webhook_app.world import World
from webhook_app.jobs.clock import utc_now

ROOT = "http://127.0.0.1:8040"


def link(world: World, person: str) -> str:
    return world.app.links.page_of(person, utc_now()).removeprefix(ROOT) + "/"


def talk(world: World, person: str, part: str = "") -> str:
    return f"{link(world, person)}talk/{world.company.series().series_id}{part}"


class Hand:
    """One person pressing buttons."""

    def __init__(self, world: World, person: str) -> None:
        self.world, self.person = world, person
        self.client: FlaskClient = world.flask.test_client()

    def press(self, what: str, **fields: str) -> int:
        series = self.world.company.series().series_id
        url = f"{link(self.world, self.person)}do/{series}"
        return self.client.post(url, data={"what": what, **fields}).status_code

    def add(self, text: str, **more: str) -> str:
        assert self.press("add", text=text, **more) == 303
        return self.world.company.agenda().points[-1].point_id

    def see(self, part: str = "") -> str:
        answer = self.client.get(talk(self.world, self.person, part))
        assert answer.status_code == 200
        return answer.text
