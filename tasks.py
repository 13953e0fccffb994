"""What `./inv` does: a sentence for each task. press/cli/task_options.py says what the options are for."""

from __future__ import annotations

from pathlib import Path

from invoke import Context  # noqa: TC002 - invoke reads the signatures

from press.cli import build_answers, ingest_answers, release_answers
from press.cli.answers import Answer, tabled
from press.cli.display import progress
from press.cli.task_options import Names, Word, file, folders, name_in, numbers, one_of, request
from press.cli.task_type import task
from press.ground import paths
from press.problems import FAILED, OK, UsageError


@task()
def build(
    _: Context,
    audience: Names = None,
    lang: Names = None,
    format: Names = None,
    jobs: int = 0,
    executor: Word = None,
    content: Word = None,
    out: Word = None,
) -> Answer:
    """Build the briefs, as HTML and PDF.

    What has not changed is kept. A mistake in one brief leaves the others built, and moves its last good files to
    build/stale.

    Exit status: 0 when all is well; 1 when a brief has a mistake and the others are built; 65 when the mistake is
    in what all share, or when no brief is left to build: then nothing is touched.
    """
    from press.build import build as building

    asked = request(audience, lang, format, jobs, executor, content=content, out=out)
    with progress("printing") as step:
        return build_answers.answer(building.build(asked, step), asked.out, asked.formats)


@task()
def check(
    _: Context,
    audience: Names = None,
    lang: Names = None,
    print: bool = True,
    jobs: int = 0,
    executor: Word = None,
    texts: Word = None,
    accept: Names = None,
    content: Word = None,
) -> Answer:
    """Check the content: all mistakes at once, each with its place; and how far each brief keeps the rules.

    Goes the same way as a build, prints included, and writes no output. What it counts in each brief stands in a
    table, beside its limit and with what has become of it since the latest release; docs/score.md explains it.

    With --texts it also compares the passages and values of each source with its text, and notes in the source's file
    that they agree. With --accept it only writes into a claim for which words it is meant: those that its passage
    has now, which it shows if --texts is given.

    Exit status: as of build.
    """
    from press.build import build as building
    from press.ground import lock
    from press.release import scores

    asked = request(audience, lang, jobs=jobs, executor=executor, content=content)
    compared = None
    with lock.hold(asked.folders.work, "check"):
        if texts is not None:
            from press.ingest import comparison

            compared = comparison.compare(asked.folders, Path(texts).absolute())
        if accept:
            return ingest_answers.acceptance(asked.folders, accept, compared)
    with progress("printing" if print else "checking") as step:
        outcome = building.check(asked, step, printing=print)
    # without a print, the rules of prints would seem to be kept
    since = scores.latest(asked.folders.releases) if print else None
    answer = build_answers.answer(outcome, since=since)
    return ingest_answers.with_comparison(answer, compared)


@task("file")
def ingest(
    _: Context,
    file: str,
    id: Word = None,
    kind: Word = None,
    lang: Word = None,
    locators: Word = None,
    content: Word = None,
) -> Answer:
    """Take in a review: write sources/ID.yaml, the index of its passages, from its text.

    The file is text, Markdown, HTML, DOCX or PDF; its record is taken from a .bib, .ris or CSL-JSON file beside it.
    Run again on a changed text, it tells which passages moved, changed or went, and what rests on them; claims follow
    passages that moved. What an author has written in the file stays.

    Exit status: 0 when the index is written or was right already; 1 when claims rest on passages that changed or went;
    65 when the source's file has mistakes.
    """
    from press.ground import lock
    from press.ingest.review import ingest as take_in

    given = {"kind": kind, "language": lang, "locators": locators}
    where = folders(content=content)
    with lock.hold(where.work, "ingest"):
        done = take_in(
            Path(file).absolute(),
            name_in("id", id),
            where,
            {key: str(word) for key, word in given.items() if word},
        )
    return ingest_answers.of_ingested(done)


@task("what", "item")
def new(
    _: Context,
    what: str,
    item: Names = None,
    name: Word = None,
    publisher: Word = None,
    contact: Word = None,
    audience: Names = None,
    lang: Names = None,
    source: Word = None,
    passage: Word = None,
    section: Word = None,
    value: Names = None,
    id: Word = None,
    far: int = 0,
    content: Word = None,
) -> Answer:
    """Begin something: a series, or a source, claim, audience, block, figure or map of one.

        inv new series FOLDER       a small whole example, to edit into your own; it asks what it needs to know
        inv new source ID           a source, without its passages
        inv new claim --source review --passage P4.2
        inv new audience NAME       a brief for other readers, and its blocks
        inv new block KIND --audience ministry
        inv new figure --audience ministry --value claim.value --value claim.other
        inv new map COUNTRY...      a map of these countries and what is around them

    What is added to a series has a free id. Its words are to be written: check names them, and a brief with them cannot
    be final. Comments and all else in the files stay; nothing is overwritten; where check would find a mistake,
    nothing is written. docs/series.md tells more.

    A map is cut from Natural Earth, which comes with Press: countries by their English names or ISO codes, as many as
    shall be seen whole, their neighbours cut off around them, lines as fine as print shows. Parts far from the rest of
    their country are left out, and told. Areas of which Natural Earth notes that they are disputed say so; it does
    not know of all. The file is not signed: compare its borders with what they should show, correct it, and sign it.

    Exit status: 0 when it is written; 65 when the content would have a mistake.
    """
    from press.cli import new_answers

    series = {"name": name, "publisher": publisher, "contact": contact, "lang": lang}
    added = {"source": source, "passage": passage, "section": section, "value": value}
    others = {"audience": audience, "id": id, "content": content}
    given = {**series, **added, **others, "far": far or None}
    return new_answers.of_new(what, item or [], given)


@task("what", "file")
def import_(
    _: Context, what: str, file: str, dry_run: bool = False, content: Word = None
) -> Answer:
    """Take in a table: inv import claims FILE.csv writes its rows into claims/.

    A row is a claim, or a further value of one; the first row names the columns, docs/tables.md lists them. Claims that
    are there, known by id or ref, are changed in place, comments kept; a new one goes into the file that its row names,
    or else that of the table's name. A column that the table lacks changes nothing, an empty cell takes its key out.
    All is checked first, and either all is written or nothing. Run again, it changes nothing.

    Exit status: 0 when all is written, or was there; 1 when claims are written that have to be compared with their
    passages, and accepted (inv check --accept); 65 when the table has mistakes, or the content would have more
    than it has: then nothing was changed.
    """
    one_of("import", what, "claims")
    from press.cli import upgrade_answers

    where = folders(content=content)
    return upgrade_answers.of_import(where, Path(file).absolute(), dry=dry_run)


@task("what", "file")
def export(
    _: Context,
    what: str,
    file: str = "claims.csv",
    semicolon: bool = False,
    content: Word = None,
) -> Answer:
    """Give out a table: inv export claims FILE.csv writes all claims into one, as inv import claims takes them in.

    A row for each value, with the claim in the first of its rows. An apostrophe is before each cell that a spreadsheet
    would take for a formula, a date or another number. Nothing is overwritten.

    Exit status: 0 when it is written, or was there; 65 when claims have mistakes.
    """
    one_of("export", what, "claims")
    where, separator = folders(content=content), ";" if semicolon else ","
    return ingest_answers.of_export(where, Path(file).absolute(), separator)


@task("what", "name")
def explain(_: Context, what: str, name: str, content: Word = None) -> Answer:
    """Explain a claim or a rule: inv explain claim gardens, inv explain rule unit.

    Of a claim: what it says, its source and passage, its values with units and years, its verdict and caveat, which
    claims qualify it, and which briefs print it where. Of a rule, known by the word in brackets at the end of a
    message: what it refuses, the way out, and an example. Where the content has mistakes, the claim is explained
    as far as it can be read.

    Exit status: 0 when it is explained; 1 when it, or a file that may print it, has a mistake; 65 when the file that
    may hold the claim could not be read.
    """
    one_of("explain", what, "claim", "rule")
    if what == "rule":
        from dataclasses import asdict

        from press.rulebook import rules
        from press.tools.rules import entry

        text = entry(name).rstrip("\n")
        return Answer(text=text, facts={"rule": {"name": name, **asdict(rules()[name])}})
    return build_answers.of_claim(request(content=content).folders, name)


@task()
def upgrade(
    _: Context, dry_run: bool = False, uncommitted: bool = False, content: Word = None
) -> Answer:
    """Rewrite a series that was written for an older Press: what is called otherwise now, and what is gone.

    Comments, order, line ends and everything else stay as they are typed. All files are rewritten, or none; they have
    to be in git's last commit, so that you can go back. What only an author can do is listed, with its place. Run
    again, it changes nothing. docs/upgrading.md tells what is rewritten.

    Exit status: 0 when all is rewritten that can be; 1 when files have mistakes besides; 65 when a file could not be
    read, is not committed or may not be written: then nothing was changed.
    """
    from press.cli import upgrade_answers

    return upgrade_answers.of_upgrade(folders(content=content), dry=dry_run, anyway=uncommitted)


@task()
def plan(
    _: Context,
    audience: Names = None,
    lang: Names = None,
    format: Names = None,
    content: Word = None,
    out: Word = None,
) -> Answer:
    """Say what a build would render, and why.

    Exit status: as of build.
    """
    from press.build import build as building

    asked = request(audience, lang, format, content=content, out=out)
    return build_answers.answer(building.plan(asked))


@task()
def preview(
    _: Context,
    audience: Names = None,
    lang: Names = None,
    port: int = 0,
    open: bool = True,
    content: Word = None,
) -> int:
    """Show the briefs in a browser while you write them; Ctrl-C ends it.

    A change of the content or the templates shows as soon as its file is saved, the pictures of the PDF's pages beside
    it some seconds later. What is wrong lies over the page, and goes when it is mended. The address is of this machine
    alone. It has a store of its own, so that builds neither wait for it nor change with it; docs/preview.md tells more.

    Exit status: 130 when you end it with Ctrl-C.
    """
    from functools import partial

    from press.cli.browser import announce
    from press.preview.preview import preview as serve

    serve(request(audience, lang, content=content), port, partial(announce, opens=open))
    return OK


@task()
def catalogue(_: Context, content: Word = None, out: Word = None) -> Answer:
    """Make the catalogue alone, and print its path: each kind of block, in the colours of each audience.

    The other outputs stay as they are. It shows how a block is typed, how it looks, and what a change to a template
    or style does. Open it in a browser; it needs no other file.

    Exit status: 0 when it was made; else as of build.
    """
    from press.build import catalogue as making

    path = paths.shown(making.make(request(content=content, out=out)))
    return Answer(text=path, facts={"catalogue": path})


@task()
def release(
    _: Context,
    draft: bool = False,
    uncommitted: bool = False,
    stale: bool = False,
    sign: Word = None,
    content: Word = None,
    out: Word = None,
    releases: Word = None,
) -> Answer:
    """Freeze what is built into releases/DATE.NUMBER, which never changes again.

    The outputs have to be what the content gives: run build first, and look at them. Drafts, mistakes and what is
    not committed are refused, unless the option for it is given; the manifest then says so. Where nothing has changed
    since the latest release, none is made.

    Exit status: 0 when there is a release of what is built; 65 when it is refused; 74 also for a key that
    does not sign.
    """
    from press.release import freeze

    wishes = freeze.Wishes(
        draft=draft, uncommitted=uncommitted, stale=stale, key=file("sign", sign)
    )
    asked = request(content=content, out=out, releases=releases)
    with progress("printing") as step:
        return release_answers.of_release(freeze.release(asked, wishes, step))


@task("path")
def verify(_: Context, path: str, key: Word = None, against: Word = None) -> Answer:
    """Say whether a release is as it was released, and what that proves.

    Every file that was changed, lost, added, swapped or renamed is named. Needs no network, and trusts nothing that
    came with the files but their digests: with --key, not even these. docs/verify.md tells how to do it without Press.

    Exit status: 0 when it is sound; 1 when there is damage; 2 also for a file that only its release can vouch for; 74
    also for what is no release.
    """
    from press.release import verify as verifying

    verdict = verifying.verify(Path(path), file("key", key), file("against", against))
    return release_answers.of_verdict(verdict)


@task("old", "new")
def diff(
    _: Context, old: str = "latest", new: str = "tree", html: Word = None, content: Word = None
) -> Answer:
    """Show what a reader would see changed between two releases, a build or the content.

    Values come first; then, brief by brief and block by block, old and new texts, what only the old one has
    between [- and -], what only the new one has between {+ and +}; blocks that are new, gone or moved; notes,
    references, figures and what is said of the series. Nothing is printed for it.

    Exit status: 0 whether anything has changed or not; 1 when an edition could not be compared, since it has
    mistakes or is stale, and the others were; 65 when the content has a mistake in what all share; 74 also for a file
    that is not what was released.
    """
    from press.release.diff.difference import difference

    page = file("html", html, page="diff.html")
    reads = "tree" in {old, new}
    places = request(content=content).folders if reads else folders(content=content)
    return release_answers.of_difference(difference(old, new, places, page))


@task()
def kit(
    _: Context,
    audience: Names = None,
    lang: Names = None,
    test: bool = False,
    jobs: int = 0,
    executor: Word = None,
    content: Word = None,
    out: Word = None,
) -> Answer:
    """Make what helps to post a brief by hand, on a website or in a messenger.

    In kits/LANGUAGE/AUDIENCE: post.html, the body of a post without styles and scripts; excerpt.txt, its excerpt;
    message.txt, a short message for messengers; page-1.png, a picture of page 1; and the pictures of the post. With
    --test also test-reader.html, questions for a reader who has seen page 1, and test-answers.html, the right answers
    for the one who asks; docs/testing.md tells how. A kit that nobody asked for stays as it is, that of a brief with
    a mistake is removed.

    Exit status: as of build.
    """
    from press.release.kit import kits

    asked = request(audience, lang, jobs=jobs, executor=executor, content=content, kits=out)
    with progress("printing") as step:
        return build_answers.of_kits(kits.make(asked, step, test=test), asked.folders.kits)


@task()
def send(
    _: Context,
    audience: str = "",
    to: Word = None,
    release: Word = None,
    lang: Word = None,
    suppress: Word = None,
    ignore: Names = None,
    really: bool = False,
    readers: int = -1,
    limit: int = 0,
    resume: bool = False,
    resend_unknown: bool = False,
    correction: bool = False,
    draft: bool = False,
    out: Word = None,
    csv: Word = None,
    forget: Word = None,
    content: Word = None,
    releases: Word = None,
) -> Answer:
    """Send a brief of a release to a list of readers, each in their language; or show who would get what.

    The first line of the list is email,name,language; each line below is a reader: aigul@example.org,Aigul,en. Every
    address is checked before a message is sent. Readers whose language the release does not have get the first
    language of the series, and the list says so. Nothing is sent without --really and the number of readers:

        inv send --audience health --to readers.csv --really --readers 214

    The server and the sender are in mail.yaml; docs/sending.md explains them. What has become of each message
    is kept in releases/ID.ledger.sqlite, so that a run may be stopped or killed at any moment: the same command
    continues and sends no reader a second copy. A message that was on its way when no answer came has the state
    unknown, and is sent again only with --resend-unknown. The report is releases/ID.send-report.csv.

    Exit status: 0 when all is well; 1 when a reader was refused for good, or may not have got it; 65 when the list or
    mail.yaml has mistakes, or the release may not be sent: then nothing was sent; 75 also when some are left to be
    tried again; 78 also when the settings are missing or wrong, or the server refuses them.
    """
    from press.cli import delivery_answers
    from press.deliver import mail

    if forget:
        return delivery_answers.of_forgetting(
            mail.forget(folders(releases=releases).releases, forget)
        )
    asked = mail.SendRequest(
        audience=audience,
        folders=folders(content=content, releases=releases),
        release=name_in("release", release),
        to=file("to", to),
        suppress=file("suppress", suppress),
        ignore=tuple(ignore or ()),
        lang=name_in("lang", lang),
        really=really,
        readers=None if readers < 0 else readers,
        out=file("out", out),
        csv=file("csv", csv),
        limit=limit,
        resume=resume,
        resend_unknown=resend_unknown,
        correction=correction,
        draft=draft,
    )
    with progress("sending") as step:
        return delivery_answers.of_mailing(mail.send(asked, step))


@task(tools="pytest")
def pictures(_: Context, audience: Names = None, renew: bool = False) -> Answer:
    """Compare how all pages look with the approved pictures.

    Takes a picture of each page of each PDF, and of each HTML page: 360 and 1440 pixels wide, and dark. Names those
    that a reader could tell from the pictures in tests/pictures; .press/pictures/index.html shows them side by side.
    Silent when all look the same. With --renew only pictures that look different are written, so that a commit shows
    what has changed.

    Exit status: 0 when all look as approved, or were renewed; 1 when one does not; 65 when a brief has a mistake, or
    the approved pictures are of another series.
    """
    from press.cli.doctor import needed
    from press.tools import looks

    asked = request(audience)
    with progress("taking pictures") as step:
        seen = looks.look(asked, needed("browser"), step, renew=renew)
    text = looks.as_text(asked.folders, seen, renewed=renew).rstrip("\n")
    return Answer(FAILED if seen and not renew else OK, (), text, looks.facts(seen))


@task()
def clean(_: Context, store: bool = False, content: Word = None, out: Word = None) -> Answer:
    """Remove the outputs.

    Exit status: 0 when they are gone; 74 also for a folder that is not Press's.
    """
    from press.build import build as building

    return build_answers.removal(building.clean(request(content=content, out=out), store_too=store))


@task("target")
def publish(
    _: Context,
    target: str,
    release: Word = None,
    superseded: bool = False,
    draft: bool = False,
    stale: bool = False,
    keep_last: bool = False,
    dry_run: bool = False,
    verify: bool = False,
    full: bool = False,
    known_hosts: Word = None,
    content: Word = None,
    releases: Word = None,
) -> Answer:
    """Publish a release as a site: inv publish TARGET.

    Sends only what has changed, under names that no page links to; when all has arrived it goes live, each file
    whole: new files, then pages, the index last, removals after that. Until then the old site is untouched. A publish
    that breaks is completed by running it again. What Press did not publish is neither replaced nor removed. Of a
    release without the briefs that had mistakes, --stale takes these down, --keep-last keeps their last edition.

    Keys and passwords come from where ssh and the tools for S3 look, never from TARGET; docs/publishing.md tells
    where that is, and what happens when a publish breaks.

    Exit status: 0 when the site is up to date; 1 when a file that should go was changed there by others, and is left;
    65 when this release is not to be published there; 74 also for a file that Press did not publish; 75 also when the
    network failed; 78 also for missing keys or an unknown host.
    """
    from press.cli import delivery_answers
    from press.deliver import publish as publishing

    asked = publishing.PublishRequest(
        target,
        folders(content=content, releases=releases),
        release=name_in("release", release),
        superseded=superseded,
        draft=draft,
        stale=stale,
        keep_last=keep_last,
        known_hosts=file("known-hosts", known_hosts),
        verify=verify,
        full=full,
        dry=dry_run,
    )
    with progress("sending", in_bytes=True) as step:
        return delivery_answers.of_publish(publishing.publish(asked, step))


@task(tools="sphinx")
def docs(_: Context) -> Answer:
    """Make the site of the docs in docs/site, with a page for every rule and every key; it needs no network.

    Exit status: 0 when it is made; 65 when a link leads nowhere or a page is in no list: then the site is as it was.
    """
    from press.tools.docs_site import make

    root = paths.Folders.here().root
    make(root, root / ".press" / "docs", site := root / "docs" / "site")
    path = paths.shown(site / "index.html")
    return Answer(text=path, facts={"docs": path})


@task(tools="pytest")
def bundle(_: Context, out: Word = None) -> Answer:
    """Make a folder that sets Press up on a machine without a network.

    It has the wheel of Press, those of all that its tasks need, for this version of Python and this kind of machine,
    and the script inv, which sets itself up from them. Needs the network, to fetch them.

    Exit status: 0 when it is made; 74 also for a folder that is there, 78 also when a wheel could not be made or
    fetched.
    """
    from press.tools import bundle as bundling

    place = file("out", out or "bundle")
    made = paths.shown(bundling.make(paths.Folders.here().root, place or Path()))
    return Answer(text=made, facts={"bundle": made})


@task(tools="pytest")
def fonts(_: Context) -> int:
    """Make the committed font files again, byte for byte."""
    from press.tools.font_files import make

    make(paths.Folders.here().fonts)
    return OK


@task("path", tools="pytest")
def test(
    _: Context, path: Names = None, fast: bool = False, match: str = "", record: bool = False
) -> int:
    """Run the tests: all, or those of some rooms.

    Tells at its start how many tests there are and how long they took when that was last recorded. Some tests run in
    full only where the variable CI or PRESS_TEST_ALL=1 is set; they are named at the end.

    Exit status: 0 when all pass; 1 when one fails; 5 when there is none.
    """
    from press.tools import programs, testing

    return programs.python(*testing.command(path or (), fast=fast, match=match, record=record))


@task(tools="pytest")
def lint(_: Context) -> int:
    """Check the code: style, format, types, layers."""
    from press.tools.programs import lint as run

    return run()


@task()
def doctor(_: Context, all: bool = False, editor: bool = False, content: Word = None) -> Answer:
    """Tell what this machine has and lacks, and how to mend it.

    With --editor it only writes, for editors, which schema a file of the series has: as a line at its top, mended where
    it leads nowhere.

    Exit status: 0 when it has all that a build needs, or the lines are right.
    """
    from press.cli import doctor as machine

    if content and not editor:
        raise UsageError("--content is for --editor")
    if all and editor:
        raise UsageError("--editor does nothing else; leave --all out")
    if editor:
        return machine.schema_lines(request(content=content).folders)
    return machine.answer("cluster" if all else "core")  # whose lock holds those of the others


@task(tools="pytest")
def bench(
    _: Context,
    briefs: Names = None,
    rounds: int = 5,
    peers: bool = False,
    record: bool = False,
    check: bool = False,
    soak: int = 0,
) -> Answer:
    """Measure what Press takes beside what people would use in its place, and say which goals that meets.

    Builds copies of the briefs: with nothing kept, with one block edited, and unchanged; previews and checks them.
    A plain WeasyPrint script, docma, pandoc, Typst and Chromium print the same briefs; --peers installs those that come
    as packages, and what is missing is named. Each figure is the median of several turns, in which all follow one
    another. Takes most of an hour; leave the machine alone meanwhile. Figures and a chart are written to .press/bench;
    docs/bench.md explains them. --soak only builds so many times in a row, each time after an edit, and says whether
    memory, store or open files grow.

    Exit status: 0 when all was measured; 1 with --check when a ratio is worse than the one in the docs, with --soak
    when something grows; 78 also when a command failed.
    """
    from press.cli.doctor import program
    from press.tools.bench import peers as others
    from press.tools.bench import report
    from press.tools.bench import soak as soaking

    means = others.Means(paths.Folders.here().root, program("browser"))
    if soak:
        if briefs or peers or record or check:
            raise UsageError("--soak does nothing else; leave the other options out")
        [builds] = numbers("soak", [str(soak)], least=4)
        with progress("building") as step:
            return tabled(*soaking.soak(means.root, builds, step))
    counts, [turns] = numbers("briefs", briefs) or (1, 3, 12), numbers("rounds", [str(rounds)])
    if peers:
        others.set_up(means)
    with progress("measuring") as step:
        measured = report.measure(means, counts, turns, step, check=check)
    if record:
        report.record(means.root)
    return tabled(*measured)
