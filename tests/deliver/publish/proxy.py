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
        self._threads: list[threading.Thread] = []
        self.passing()
        self._start(self._accept)

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
                shut(one)

    def fall(self) -> None:
        """Break all connections, and every later one."""
        self.down = True
        self.cut()

    def close(self) -> None:
        """Stop."""
        shut(self._listening)  # which ends its accept
        self.cut()
        while self._threads:
            self._threads.pop().join()
        self._listening.close()

    def _start(self, work: Callable[..., None], *arguments: socket.socket) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            if self.down:
                client.close()
            else:
                self._start(self._carry, client)

    def _carry(self, client: socket.socket) -> None:
        """Forward one connection, both ways, to its end."""
        with client, socket.create_connection(("127.0.0.1", self._there)) as server:
            with self._guard:
                self._open |= {client, server}
            back = threading.Thread(target=pump, args=(server, client), daemon=True)
            back.start()
            with suppress(OSError):
                while data := client.recv(1 << 12):
                    if self._due(len(data)):
                        self.act()
                    server.sendall(data)
            for end in (client, server):
                shut(end)
            back.join()
            with self._guard:
                self._open -= {client, server}

    def _due(self, more: int) -> bool:
        """Count, and say whether it is time: once."""
        with self._guard:
            self.sent += more
            due = 0 <= self.limit <= self.sent
            if due:
                self.limit = -1
            return due


def pump(one: socket.socket, other: socket.socket) -> None:
    """Carry what comes from *one* to *other*, and end both when it ends."""
    with suppress(OSError):
        while data := one.recv(1 << 16):
            other.sendall(data)
    for end in (one, other):
        shut(end)


def shut(one: socket.socket) -> None:
    """End a connection, whoever reads or writes it."""
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
