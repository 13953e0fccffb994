"""Preview a series: serve its pages, and make them anew whenever a file changes."""

from collections.abc import Callable
from dataclasses import replace

from press.build.build_request import Request, sources
from press.ground import lock
from press.preview import server
from press.preview.board import Board
from press.preview.rounds import Rounds
from press.preview.watch import changes

FOLDER = "preview"  # in the folder for work: a store and a lock of its own, so that no build waits


def preview(request: Request, port: int, announce: Callable[[str], None]) -> None:
    """Serve what *request* asks for at *port*, 0 for a free one, until a signal comes; *announce* gets the address.

    Raises:
        StoppedError: a signal came.
        BusyError, OutputError, UsageError: another preview is at work here, or there is no such folder or port.
    """
    folders = request.folders
    # that which runs stays as it is
    work, code = folders.work / FOLDER, {folders.code, folders.lock}
    files = [path for path in sources(folders) if path not in code]
    with lock.hold(work, FOLDER), server.listen(port) as place:
        board = Board()
        rounds = Rounds(replace(request, folders=replace(folders, work=work)), board)
        with server.serve(board, place):
            announce(f"http://{server.HOST}:{place.getsockname()[1]}/")
            try:
                for _ in changes(files):
                    rounds.begin()
            finally:
                rounds.end()
