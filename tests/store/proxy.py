"""A TCP proxy before a PostgreSQL that cuts connections at moments of the test's choosing."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

#: Is shown every part that the client sends; True: cut now, before it goes on or once it has been answered.
Cut = Callable[[bytes], bool]


class Proxy:
    """Forwards to `port`. `before`: the server never sees what made it cut. `after`: it does, and answers, but the
    client never hears of it.
    """

    def __init__(self, port: int) -> None:
        self._to = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self.before: Cut = lambda _: False
        self.after: Cut = lambda _: False
        self.cuts = 0
        self._threads: list[threading.Thread] = []
        self._sockets: list[socket.socket] = []
        self._start(self._accept)

    def close(self) -> None:
        _end(self._listening)
        for one in list(self._sockets):
            _end(one)
        for thread in self._threads:
            thread.join()

    def _start(self, run: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=run, args=arguments, name="proxy")
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            with suppress(OSError):
                server = socket.create_connection(("127.0.0.1", self._to))
                self._sockets += [client, server]
                cutting = threading.Event()
                self._start(self._to_server, client, server, cutting)
                self._start(self._to_client, server, client, cutting)
                continue
            _end(client)

    def _to_server(self, client: socket.socket, server: socket.socket, cutting: threading.Event) -> None:
        for part in _parts(client):
            if self.before(part):
                self.cuts += 1
                break
            if self.after(part):
                self.cuts += 1
                cutting.set()
            with suppress(OSError):
                server.sendall(part)
        if not cutting.is_set():
            _end(client)
            _end(server)

    def _to_client(self, server: socket.socket, client: socket.socket, cutting: threading.Event) -> None:
        for part in _parts(server):
            if cutting.is_set():
                break
            with suppress(OSError):
                client.sendall(part)
        _end(client)
        _end(server)


@contextmanager
def before(port: int) -> Iterator[Proxy]:
    proxy = Proxy(port)
    try:
        yield proxy
    finally:
        proxy.close()


def _parts(of: socket.socket) -> Iterator[bytes]:
    with suppress(OSError):
        while part := of.recv(65536):
            yield part


def _end(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
