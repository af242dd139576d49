"""The real msgraph-sdk against the stand-in, on one background loop."""

from __future__ import annotations

import asyncio
import threading
from datetime import timedelta

import httpx
import pytest
from kiota_abstractions.authentication import (
    AccessTokenProvider,
    AllowedHostsValidator,
    BaseBearerTokenAuthenticationProvider,
)
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_http.middleware.options import RetryHandlerOption
from msgraph import GraphRequestAdapter, GraphServiceClient
from msgraph.generated.models.body_type import BodyType
from msgraph.generated.models.event import Event
from msgraph.generated.models.item_body import ItemBody
from msgraph.generated.models.linked_resource import LinkedResource
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.subscription import Subscription
from msgraph.generated.models.todo_task import TodoTask
from msgraph.generated.users.item.calendar_view.calendar_view_request_builder import (
    CalendarViewRequestBuilder,
)
from msgraph.generated.users.item.calendar_view.delta.delta_request_builder import (
    DeltaRequestBuilder,
)
from msgraph.graph_request_adapter import options as sdk_options
from msgraph_core import GraphClientFactory

from tests.servers.test_graph_server.conftest import ANNA, BEN, MONDAY, NOW
from tests.servers.test_graph_server.receiver import receiving

START, END = "2026-11-23T00:00:00Z", "2026-12-22T00:00:00Z"


class _Token(AccessTokenProvider):
    def __init__(self, token: str) -> None:
        self._token = token

    async def get_authorization_token(self, uri, additional_authentication_context=None):
        return self._token

    def get_allowed_hosts_validator(self):
        return AllowedHostsValidator(["127.0.0.1"])


class Sdk:
    """A client that lives on its own loop, called from synchronous tests."""

    def __init__(self, root: str, token: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.client = self.run(self._build(root, token))

    async def _build(self, root, token):
        retry = RetryHandlerOption(max_retries=0)
        options = {**sdk_options, RetryHandlerOption.get_key(): retry}
        self._http = GraphClientFactory.create_with_default_middleware(
            client=httpx.AsyncClient(), options=options
        )
        auth = BaseBearerTokenAuthenticationProvider(_Token(token))
        adapter = GraphRequestAdapter(auth, self._http)
        adapter.base_url = root
        return GraphServiceClient(request_adapter=adapter)

    def run(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(30)

    def close(self):
        self.run(self._http.aclose())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()


@pytest.fixture
def sdk(graph):
    made = Sdk(graph.root, graph.token())
    yield made
    made.close()


def prefer(configuration, *preferences):
    configuration.headers.add("Prefer", ", ".join(('IdType="ImmutableId"', *preferences)))
    return configuration


def test_sdk_reads_the_view_and_patches_one_occurrence(graph, sdk, series):
    ben = sdk.client.users.by_user_id(BEN)
    parameters = CalendarViewRequestBuilder.CalendarViewRequestBuilderGetQueryParameters(
        start_date_time=START, end_date_time=END
    )
    page = sdk.run(ben.calendar_view.get(prefer(RequestConfiguration(query_parameters=parameters))))
    first = page.value[0]
    fresh = Event(body=ItemBody(content_type=BodyType.Html, content="<p>Agenda</p>"))
    changed = sdk.run(ben.events.by_event_id(first.id).patch(fresh, prefer(RequestConfiguration())))

    assert changed.type == "exception"
    assert changed.additional_data["occurrenceId"].endswith(".2026-11-30")
    assert "Agenda" in graph.ui.body(ANNA, series, MONDAY)
    assert set(graph.calls[-1].body) == {"@odata.type", "body"}


def test_sdk_follows_delta_links(graph, sdk, series):
    delta = sdk.client.users.by_user_id(BEN).calendar_view.delta
    parameters = DeltaRequestBuilder.DeltaRequestBuilderGetQueryParameters(
        start_date_time=START, end_date_time=END
    )
    first = sdk.run(delta.get(prefer(RequestConfiguration(query_parameters=parameters))))
    graph.ui.edit_body(BEN, series, MONDAY, "<p>x</p>")
    second = sdk.run(delta.with_url(first.odata_delta_link).get(prefer(RequestConfiguration())))

    assert graph.calls[0].template == "/users/{user-id}/calendarView/delta()"
    assert [event.type for event in second.value] == ["exception"]


def test_sdk_raises_what_the_stand_in_refuses(graph, sdk, series):
    delta = sdk.client.users.by_user_id(BEN).calendar_view.delta
    link = f"{graph.root}/users/{BEN}/calendarView/delta?$deltatoken=old"

    with pytest.raises(ODataError) as gone:
        sdk.run(delta.with_url(link).get())
    assert (gone.value.response_status_code, gone.value.error.code) == (410, "SyncStateNotFound")

    graph.faults.add("throttle")
    with pytest.raises(ODataError) as busy:
        sdk.run(sdk.client.users.by_user_id(BEN).calendar.get())
    assert busy.value.response_headers["Retry-After"] == "2.128"


def test_sdk_creates_a_task_with_its_link(graph, sdk):
    lists = sdk.client.users.by_user_id(ANNA).todo.lists
    own = sdk.run(lists.get()).value[0]
    task = TodoTask(
        title="Send it",
        linked_resources=[LinkedResource(application_name="vieraugen", external_id="7")],
    )
    made = sdk.run(lists.by_todo_task_list_id(own.id).tasks.post(task))

    assert graph.ui.tasks(ANNA)[0]["linkedResources"][0]["externalId"] == "7"
    assert made.status == "notStarted"


def test_sdk_subscribes_while_the_stand_in_calls_back(graph, sdk):
    with receiving() as receiver:
        wanted = Subscription(
            change_type="created,updated,deleted", notification_url=receiver.url,
            lifecycle_notification_url=receiver.url, resource=f"users/{BEN}/events",
            client_state="s", expiration_date_time=NOW + timedelta(days=6),
        )  # fmt: skip
        made = sdk.run(sdk.client.subscriptions.post(wanted))

        assert made.expiration_date_time == NOW + timedelta(days=6)
        assert len(receiver.validations) == 2


def test_sdk_reads_people(graph, sdk):
    manager = sdk.run(sdk.client.users.by_user_id(ANNA).manager.get())

    assert manager.mail == BEN


def test_writing_back_what_was_read_is_a_violation(server, series):
    """Read-modify-PATCH sends the whole event, read-only members and all."""
    made = Sdk(server.root, server.token())
    event = made.client.users.by_user_id(BEN).events.by_event_id(server.event_id(BEN, series))
    whole = made.run(event.get())

    with pytest.raises(ODataError):
        made.run(event.patch(whole))
    made.close()

    assert any("read-only" in one for one in server.violations)
