"""A network that breaks: a port in front of a server, which after so many bytes does what the test wants."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Proxy:
    """Forwards to a port of this machine; after *limit* bytes from the client it calls *act* once."""

    def __init__(self, port: int) -> None:
        self._there = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        self.passing()
        threading.Thread(target=self._accept, daemon=True).start()

    def passing(self) -> None:
        """Forward all, and count from 0."""
        self.sent, self.limit, self.down = 0, -1, False
        self.act: Callable[[], None] = lambda: None

    def after(self, limit: int, act: Callable[[], None]) -> None:
        """Do *act* when *limit* bytes have come from the client."""
        self.passing()
        self.limit, self.act = limit, act

    def cut(self) -> None:
        """Break all connections."""
        with self._guard:
            for one in self._open:
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

    def fall(self) -> None:
        """Break all connections, and every later one."""
        self.down = True
        self.cut()

    def close(self) -> None:
        """Stop."""
        self._listening.close()
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            if self.down:
                client.close()
                continue
            server = socket.create_connection(("127.0.0.1", self._there))
            with self._guard:
                self._open |= {client, server}
            for one, other, counted in ((client, server, True), (server, client, False)):
                threading.Thread(target=self._pump, args=(one, other, counted), daemon=True).start()

    def _pump(self, one: socket.socket, other: socket.socket, counted: bool) -> None:  # noqa: FBT001 - a thread's argument
        with suppress(OSError):
            while data := one.recv(1 << 12):
                if counted and self._due(len(data)):
                    self.act()
                other.sendall(data)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _due(self, more: int) -> bool:
        """Count, and say whether it is time: once."""
        with self._guard:
            self.sent += more
            due = 0 <= self.limit <= self.sent
            if due:
                self.limit = -1
            return due
