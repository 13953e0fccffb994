"""Serve what a preview shows on this machine alone. The gate to starlette and uvicorn."""

import asyncio
import json
import logging
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.resources import files

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from press.content.pictures import png
from press.preview.board import Board
from press.print.pdf import page_of
from press.problems import UsageError

HOST = "127.0.0.1"
WIDTH, COLOURS = 900, 64  # of a picture of a page
SHELL = {  # what is around the pages, by path
    "/": ("shell.html", "text/html"),
    "/shell.css": ("shell.css", "text/css"),
    "/shell.js": ("shell.js", "text/javascript"),
}
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'"
OWN = "script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'"
POLICY = f"{NOTHING}; {OWN}; frame-ancestors 'none'"
# of a page, which brings its styles, fonts and pictures, and has no scripts
PAGE_POLICY = (
    f"{NOTHING}; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'self'"
)
GONE = "there is no such page; / leads to those there are"


def listen(port: int) -> socket.socket:
    """Return a socket of this machine that waits for browsers at *port*, or at a free one for 0.

    Raises:
        UsageError: the port is taken, or only the system may use it.
    """
    place = socket.socket()
    place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        place.bind((HOST, port))
        place.listen()  # now: a browser that comes before there is a server waits
    except (OSError, OverflowError) as error:
        place.close()
        reason = getattr(error, "strerror", "") or "there is no such port"
        raise UsageError(f"--port {port}: {reason.lower()}; leave it out for a free one") from error
    return place


@contextmanager
def serve(board: Board, place: socket.socket) -> Iterator[None]:
    """Serve *board* at *place* during the `with`."""
    pages = Pages(board)
    host = f"{HOST}:{place.getsockname()[1]}"
    server = uvicorn.Server(
        uvicorn.Config(
            Guard(pages.app(), host),
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="error",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=1,
        )
    )
    thread = threading.Thread(target=server.run, args=([place],), name="press-serve", daemon=True)
    thread.start()
    try:
        yield
    finally:
        # a browser that is cut off is no mistake
        logging.getLogger("uvicorn.error").disabled = True
        pages.over = True
        board.tell()
        server.should_exit = True
        thread.join()


class Guard:
    """Refuses what no page of this server asks for, and says what a browser may do with the answers."""

    def __init__(self, app: ASGIApp, host: str) -> None:
        self.app = app
        self.hosts = {host, host.replace(HOST, "localhost")}  # any other name was bent to lead here

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        path, given = scope["path"], Headers(scope=scope)

        async def with_rules(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["content-security-policy"] = (
                    PAGE_POLICY if path.startswith("/pages/") else POLICY
                )
                headers["x-content-type-options"] = "nosniff"
                headers["cross-origin-resource-policy"] = "same-origin"
                headers["cross-origin-opener-policy"] = "same-origin"
                headers["referrer-policy"] = "no-referrer"
                headers["cache-control"] = "no-store"
            await send(message)

        answer: ASGIApp = (
            self.app
            if self._may(given)
            else PlainTextResponse(
                "only a browser on this machine that was led here by no other site sees a preview",
                403,
            )
        )
        await answer(scope, receive, with_rules)

    def _may(self, given: Headers) -> bool:
        host, origin = given.get("host", ""), given.get("origin")
        site = given.get("sec-fetch-site", "none")
        own = origin is None or origin == f"http://{host}"
        return host in self.hosts and own and site in {"none", "same-origin"}


class Pages:
    """The answers: each is looked up among what is shown, never in a folder."""

    def __init__(self, board: Board) -> None:
        self.board, self.over = board, False
        self._changed = asyncio.Event()

    def app(self) -> Starlette:
        """Return the application."""
        return Starlette(
            routes=[
                *(Route(path, self.shell) for path in SHELL),
                Route("/changes", self.changes),
                Route("/pages/{language}/{brief}.html", self.page),
                Route("/prints/{name}/{number:int}.png", self.picture),
            ]
        )

    async def shell(self, request: Request) -> Response:
        """Return what is around the pages."""
        name, kind = SHELL[request.url.path]
        data = files("press.preview").joinpath("shell", name).read_bytes()
        return Response(data, media_type=kind)

    async def page(self, request: Request) -> Response:
        """Return the page of an edition."""
        name = (request.path_params["language"], request.path_params["brief"])
        edition = self.board.state.editions.get(name)
        if edition is None:
            return PlainTextResponse(GONE, 404)
        self.board.viewed = name
        return Response(edition.html, media_type="text/html")

    def picture(self, request: Request) -> Response:
        """Return a picture of a page of a print; it is drawn in a thread."""
        pdf = self.board.print(request.path_params["name"])
        drawn = pdf and picture_of(pdf, request.path_params["number"])
        return Response(drawn, media_type="image/png") if drawn else PlainTextResponse(GONE, 404)

    async def changes(self, _: Request) -> Response:
        """Return the state, and each one after it while the browser listens."""
        loop = asyncio.get_running_loop()
        self.board.tell = lambda: loop.call_soon_threadsafe(self._wake)
        return StreamingResponse(self._states(), media_type="text/event-stream")

    async def _states(self) -> AsyncIterator[str]:
        shown = -1
        while not self.over:
            changed, state = self._changed, self.board.state
            if state.number != shown:
                shown = state.number
                yield f"data: {json.dumps(state.as_json())}\n\n"
            else:
                await changed.wait()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()


@lru_cache(maxsize=64)
def picture_of(pdf: bytes, number: int) -> bytes:
    """Return a picture of page *number*, from 1, of *pdf*, a PNG; nothing where it has no such page."""
    page = page_of(pdf, number, WIDTH)
    return png(page.data, page.width, page.height, COLOURS) if page else b""
