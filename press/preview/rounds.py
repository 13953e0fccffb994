"""Make what is shown, in rounds: first the pages, then what is wrong with them, then their prints."""

import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace

from press.build import editions, keys
from press.build.build_request import Request
from press.build.editions import Product
from press.build.known_content import KnownContent, content_files, known_content
from press.build.library_check import Checked, check_draft, every_name, to_library
from press.build.pages import compose, read_page, write_manuscript
from press.build.stages import Means, Printed
from press.content.library import Draft, Library
from press.content.version import read
from press.ground import file_state
from press.preview.board import Board
from press.preview.view import edition_of
from press.print import pool as print_pool
from press.problems import ContentRefusedError, PressError, errors

# what content that was not checked may run into; the check that follows names it
UNSOUND = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)
BUG = "this is a bug in Press; please report it with the lines in the terminal"


class Rounds:
    """Rounds of work on one series; each stops the one before it."""

    def __init__(self, request: Request, board: Board) -> None:
        """Make what *request* asks for, and keep it in the folder for work that it names; show it on *board*."""
        self.request, self.board = request, board
        folders = request.folders
        # once: the code that runs stays what it is
        self._fixed = file_state.scan([folders.code, folders.lock])
        self._seen: dict[str, file_state.FileState] = {}
        self._made_with: Means | None = None
        self._pool: print_pool.Pool | None = None
        self._later = ThreadPoolExecutor(1, "press-preview")

    def begin(self) -> None:
        """Show the pages of what the files say now, and let the rest follow."""
        number = self.board.begin()
        self._stop_printing()
        self._tell(number, lambda: self._pages(number))

    def end(self) -> None:
        """Stop all work."""
        self.board.begin()
        self._stop_printing()
        self._later.shutdown(cancel_futures=True)
        if self._pool:
            self._pool.kill()
            self._pool.shutdown()

    def _stop_printing(self) -> None:
        if self._pool and self._pool.busy:  # else it prints for the next round, too
            self._pool.kill()
            self._later.submit(self._pool.shutdown)  # which waits
            self._pool = None

    def _tell(self, number: int, work: Callable[[], None]) -> None:
        """Do *work* of the round of this *number*, and show why it could not be done."""
        try:
            work()
        except ContentRefusedError as error:
            self.board.show(number, problems=error.problems, message="", at_work="")
        except (PressError, OSError) as error:
            self.board.show(number, message=str(error), at_work="")
        except Exception:  # noqa: BLE001 - a preview goes on: the next change may be the way out
            if number == self.board.round:  # else its prints were stopped
                traceback.print_exc()
                self.board.show(number, message=BUG, at_work="")

    def _means(self) -> Means:
        """Return what the editions of this round are made with."""
        folders, began = self.request.folders, file_state.clock(self.request.folders.work)
        before, self._seen = (
            self._seen,
            file_state.scan(folders.template_folders, self._seen, began),
        )
        if self._made_with is None or file_state.differing(self._seen, before):
            known = keys.dependencies(folders, {**self._fixed, **self._seen})
            self._made_with = Means(folders, known)
        return self._made_with

    def _pages(self, number: int) -> None:
        """Show pages before anything is checked."""
        means = self._means()
        before = content_files(means)
        draft = read(self.request.folders)
        known = known_content(means, before)
        problems = tuple(each.problem for each in draft.faults)
        if errors(problems):  # what cannot be read is told at once
            self.board.show(number, problems=problems, message="", at_work="checking")
        else:
            self.board.show(number, at_work="checking")
        with suppress(PressError):  # which the check that follows runs into too
            self._show_pages(number, to_library(draft), means, known)
        self._later.submit(self._tell, number, lambda: self._rest(number, draft, means, known))

    def _show_pages(
        self, number: int, library: Library, means: Means, known: KnownContent | None
    ) -> None:
        """Show the page of each edition that has changed, that which is viewed first, and then its words."""
        names = [name for name in every_name(library) if self.request.has(*name)]
        seen = self.board.state.editions
        self.board.show(number, editions={name: seen[name] for name in names if name in seen})
        composer, pages = means.composer, []
        for name in sorted(names, key=lambda name: name != self.board.viewed):
            with suppress(PressError, *UNSOUND):
                source = write_manuscript(library, name, means, known)
                if name in seen and seen[name].key == source.key:
                    continue
                [page] = compose(library, [source], composer, means)
                if page.html:
                    pages.append(page)
                    self._put(number, library, Printed(page, page.html), means)
        for page in pages:
            with suppress(PressError, *UNSOUND):
                whole = read_page(library, page.manuscript, page.html, new=page.new)
                self._put(number, library, Printed(whole, whole.html), means)

    def _rest(self, number: int, draft: Draft, means: Means, known: KnownContent | None) -> None:
        """Check all, show what is wrong, and print."""
        if number != self.board.round:
            return
        checked = check_draft(draft, means.folders, 0, known)
        if number != self.board.round:
            return
        product = editions.make(self.request, means, checked)
        self._show(number, product, problems=product.problems, message="", at_work="printing")
        if self._pool is None:
            setup = print_pool.setup(means.folders.work, means.folders.fonts)
            self._pool = print_pool.Pool(self.request.jobs, setup)
        pool = self._pool
        if number == self.board.round:  # a later one has not found this pool to stop it
            self._print(number, checked, replace(means, pool=pool))

    def _print(self, number: int, checked: Checked, means: Means) -> None:
        """Show the prints of the edition that is viewed, then all, and what is wrong with them."""
        if viewed := self.board.viewed:
            language, brief = viewed
            first = replace(self.request, languages=(language,), audiences=(brief,))
            self._show(number, editions.make(first, means, checked))
        product = editions.make(self.request, means, checked)
        self._show(number, product, problems=product.problems, at_work="")
        product.prune_store()

    def _show(self, number: int, product: Product, **changes: object) -> None:
        """Show the editions of *product*, with other *changes* at once."""
        views = {**self.board.state.editions}
        for name, made in product.finished.items():
            if made.printed.html:
                before = views.get(name)
                views[name] = edition_of(product.library, made.printed, product.means, before)
        self.board.show(number, editions=views, **changes)

    def _put(self, number: int, library: Library, printed: Printed, means: Means) -> None:
        """Show an edition."""
        name = printed.page.manuscript.name
        known = self.board.state.editions
        view = edition_of(library, printed, means, known.get(name))
        self.board.show(number, editions={**known, name: view})
