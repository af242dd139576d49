"""Microsoft's client library on one event loop of its own, for a synchronous program.

One client under several `asyncio.run` fails on every second call
(microsoftgraph/msgraph-sdk-python#366), so all accounts live on one thread's loop.
"""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

from adapters.outlook.auth import Bearer
from adapters.outlook.loop import LoopThread
from adapters.outlook.settings import OutlookSettings
from core.errors import Unavailable

if TYPE_CHECKING:
    import httpx
    from msgraph.graph_service_client import GraphServiceClient

T = TypeVar("T")
AT_ONCE = 4
"""Outlook's limit for one app and mailbox (learn.microsoft.com/graph/throttling-limits)."""
LOOP = LoopThread("outlook-loop")
"""The accounts of a process share it: three hundred mailboxes are no three hundred threads."""


class Sdk:
    """One account's client; nothing is imported or started before it is used."""

    def __init__(self, settings: OutlookSettings, tokens: Bearer) -> None:
        self._settings = settings
        self._tokens = tokens
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._client: GraphServiceClient | None = None
        self._http: httpx.AsyncClient | None = None
        self._places: asyncio.Semaphore | None = None

    @property
    def client(self) -> GraphServiceClient:
        """The request builders; what they build is sent with `send`."""
        with self._lock:
            if self._client is None:
                self._start()
            assert self._client is not None
            return self._client

    def send(self, request: Any) -> bytes:
        """Carry a built request out and return the answer's bytes; raise what the SDK raises."""
        adapter = self.client.request_adapter
        return self._run(lambda: self._in_place(adapter, request))

    async def _in_place(self, adapter: Any, request: Any) -> bytes:
        from msgraph.generated.models.o_data_errors.o_data_error import ODataError

        assert self._places is not None
        async with self._places:
            errors = {"4XX": ODataError, "5XX": ODataError}
            return await adapter.send_primitive_async(request, "bytes", errors) or b""

    def _run(self, make: Callable[[], Coroutine[Any, Any, T]]) -> T:
        assert self._loop is not None
        future = asyncio.run_coroutine_threadsafe(make(), self._loop)
        try:
            return future.result(sum(self._settings.time_out) * 2)
        except TimeoutError as err:
            future.cancel()
            raise Unavailable("Microsoft Graph did not answer in time.") from err

    def _start(self) -> None:
        self._loop = LOOP.enter()
        self._client = self._run(self._built)

    async def _built(self) -> GraphServiceClient:
        import httpx
        from kiota_abstractions.authentication import BaseBearerTokenAuthenticationProvider
        from kiota_http.middleware.options import RetryHandlerOption
        from msgraph.graph_request_adapter import GraphRequestAdapter, options
        from msgraph.graph_service_client import GraphServiceClient
        from msgraph_core import GraphClientFactory  # type: ignore[import-untyped] # no stubs

        connect, answer = self._settings.time_out
        verify: ssl.SSLContext | bool = True
        if self._settings.ca_file is not None:
            verify = ssl.create_default_context(cafile=self._settings.ca_file)
        # Its own retries repeat a POST after a 504 and miss decimal waits: the wire does it.
        retry = {RetryHandlerOption.get_key(): RetryHandlerOption(max_retries=0)}
        self._http = GraphClientFactory.create_with_default_middleware(
            client=httpx.AsyncClient(timeout=httpx.Timeout(answer, connect=connect), verify=verify),
            options={**options, **retry},
        )
        provider = BaseBearerTokenAuthenticationProvider(_provider(self._settings, self._tokens))
        adapter = GraphRequestAdapter(provider, self._http)
        adapter.base_url = self._settings.graph_root.rstrip("/")
        self._places = asyncio.Semaphore(AT_ONCE)
        return GraphServiceClient(request_adapter=adapter)

    def close(self) -> None:
        """Close the connections; the last account ends the loop."""
        with self._lock:
            if self._loop is None:
                return
            if self._http is not None:
                self._run(self._http.aclose)
            self._loop = self._client = None
            LOOP.leave()


def _provider(settings: OutlookSettings, tokens: Bearer) -> Any:
    """Give the token to Graph's own host alone; a link in an answer may name another."""
    from kiota_abstractions.authentication import AccessTokenProvider, AllowedHostsValidator

    host = settings.graph_root.partition("://")[2].partition("/")[0].partition(":")[0]

    class Provider(AccessTokenProvider):
        async def get_authorization_token(
            self,
            uri: str,
            additional_authentication_context: dict[str, Any] | None = None,  # noqa: ARG002
        ) -> str:
            if not self.get_allowed_hosts_validator().is_url_host_valid(uri):
                return ""
            return await asyncio.get_running_loop().run_in_executor(None, tokens.token)

        def get_allowed_hosts_validator(self) -> AllowedHostsValidator:
            return AllowedHostsValidator([host])

    return Provider()
