"""Judge templates: refuse those that lack a file of a kind of block, and styles that are none or could hide words."""

import re
from collections.abc import Callable, Mapping

from press.content.model.kinds import KINDS, complete
from press.page.style_faults import faults
from press.problems import ConfigurationError

STYLE = re.compile(r"<style\b[^>]*>(.*?)</style", re.DOTALL | re.IGNORECASE)
CALLED = re.compile(  # what may stand in one
    r'{{ \w*style\([\w.,/" ~-]*\) }}|{% (?:end)?(?:block|for)\b[^%]*%}|/\* [\w:. ]+ \*/'
)
BLOCK = r"{%[-+]? *block +(\w+)[^%]*%}"  # of a style, which another template may fill


def judge(texts: Mapping[str, str], place: Callable[[str], str]) -> None:
    """Refuse templates and styles, by name, of which one has a mistake; *place* names the file of each.

    Raises:
        ConfigurationError: the first of them, with file and line.
    """
    _check_kinds(texts)
    _check_styles(texts, place)


def _check_kinds(texts: Mapping[str, str]) -> None:
    """Refuse templates in which a kind of block lacks one, its style or its form for a post.

    Raises:
        ConfigurationError: they lack one, or have a folder for a kind that does not exist.
    """
    folders = {name.split("/")[1]: "" for name in texts if re.match("blocks/.*/", name)}
    for kind in complete(folders, "templates/blocks") if folders else ():
        post = () if KINDS[kind].row_of else ("post.html.j2",)
        for file in (f"{kind}.html.j2", f"{kind}.css", *post):
            if f"blocks/{kind}/{file}" not in texts:
                raise ConfigurationError(
                    f"block kind '{kind}' has no templates/blocks/{kind}/{file}"
                )


def _check_styles(texts: Mapping[str, str], place: Callable[[str], str]) -> None:
    """Refuse styles that are none or could hide words, and styles in templates, where nobody judges them.

    Raises:
        ConfigurationError: the first of them, with file and line.
    """
    own = {name: [*STYLE.finditer(text)] for name, text in texts.items() if name.endswith(".j2")}
    inside = "".join(style[1] for styles in own.values() for style in styles)
    blocks = BLOCK.replace(r"\w+", "|".join(re.findall(BLOCK, inside)) or "(?!)")
    filled = re.compile(blocks + r"(.*?){%[-+]? *endblock", re.DOTALL)
    for name, written in texts.items():
        judged = [(0, written)] if name.endswith(".css") else []
        judged += ((each.start(2), _without_jinja(each[2])) for each in filled.finditer(written))
        wrong = [(at, each) for at, css in judged for each in faults(css)]
        message = "a template has no style of its own; write it into a .css file"
        styles = (style for style in own.get(name, ()) if CALLED.sub("", style[1]).strip())
        wrong += ((style.start(), (1, message)) for style in styles)
        for at, (row, what) in wrong:
            number = written.count("\n", 0, at) + row
            raise ConfigurationError(f"{place(name)}:{number}: {what}")


def _without_jinja(style: str) -> str:
    """Return a *style* without what it calls, and with 0 for what it prints; its lines stay."""
    called = CALLED.sub(lambda call: "\n" * call[0].count("\n"), style)
    return re.sub(r"{{ \w+ }}", "0", called)
