"""Damages of what the pages show: their words, pictures and fonts, and the marks around them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pikepdf import Dictionary, Name, Pdf, String

from tests.support.damages.kit import (
    ARTIFACT,
    Instructions,
    Object,
    does,
    drop,
    element,
    kids,
    marks,
    name,
    place,
    rewrite,
    span,
    texts,
    told,
)

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = "where the page says"


def line(pdf: Pdf) -> int:
    """Return the mark of the first line of running text."""
    return marks(element(pdf, "P"))[0]


def change_text(pdf: Pdf, change: Callable[[bytes], bytes], mark: int | None = None) -> None:
    """Change the codes of the glyphs of a line."""
    chosen = line(pdf) if mark is None else mark

    def change_line(drawn: Instructions) -> None:
        at = texts(drawn, chosen)[0]
        codes = b"".join(bytes(part) for part in drawn[at].operands[0] if isinstance(part, String))
        new = change(codes)
        assert new != codes
        drawn[at] = does("TJ", [String(new)])

    rewrite(pdf, 0, change_line)


def before(pdf: Pdf, *instructions: Object, after: tuple[Object, ...] = ()) -> None:
    """Put instructions before the text of a line, and others after it."""

    def change(drawn: Instructions) -> None:
        at = texts(drawn, line(pdf))[0]
        drawn[at : at + 1] = [*instructions, drawn[at], *after]

    rewrite(pdf, 0, change)


def add(pdf: Pdf, *instructions: Object, page: int = 0) -> None:
    """Draw something more on a page, at last."""
    rewrite(pdf, page, lambda drawn: [*drawn, *instructions])


def a_word(pdf: Pdf, mode: int = 0) -> tuple[Object, ...]:
    """Return what shows the text of the first line once more."""
    drawn: list[Object] = []

    def find(instructions: Instructions) -> None:
        begin, end = span(instructions, line(pdf))
        drawn.extend(each for each in instructions[begin:end] if name(each) in {"Tf", "Tm", "TJ"})

    rewrite(pdf, 0, find)
    return (does("BT"), does("Tr", mode), *drawn, does("ET"))


@told(TEXT)
def two_words_change_places(pdf: Pdf) -> None:
    change_text(pdf, lambda codes: codes[8:20] + codes[:8] + codes[20:])


@told(TEXT)
def two_letters_change_places(pdf: Pdf) -> None:
    change_text(pdf, lambda codes: codes[2:4] + codes[:2] + codes[4:])


@told(TEXT)
def a_letter_is_missing(pdf: Pdf) -> None:
    change_text(pdf, lambda codes: codes[2:])


@told(TEXT)
def a_line_is_blank(pdf: Pdf) -> None:
    change_text(pdf, lambda _: b"")


@told(TEXT)
def a_line_is_printed_twice(pdf: Pdf) -> None:
    change_text(pdf, lambda codes: codes * 2)


@told(TEXT)
def a_space_at_the_end_of_a_line_is_missing(pdf: Pdf) -> None:
    change_text(pdf, lambda codes: codes[:-2])


def fonts_of(page: Object) -> list[Object]:
    """Return the fonts of a page."""
    return [font for _, font in page.obj.Resources.Font.items()]


def remap(pdf: Pdf, old: bytes, new: bytes) -> None:
    """Give glyphs another character in all fonts."""
    found = 0
    for page in pdf.pages:
        for font in fonts_of(page):
            data = font.ToUnicode.read_bytes()
            found += len(re.findall(old, data))
            font.ToUnicode = pdf.make_stream(re.sub(old, new, data))
    assert found


@told(TEXT)
def a_glyph_is_another_character(pdf: Pdf) -> None:
    remap(pdf, b"> <0065>", b"> <0063>")


@told(TEXT)
def a_soft_hyphen_is_hard(pdf: Pdf) -> None:
    remap(pdf, b"> <00ad>", b"> <2010>")


@told(TEXT)
def a_soft_hyphen_is_typed(pdf: Pdf) -> None:
    remap(pdf, b"> <00ad>", b"> <002d>")


@told(TEXT)
def a_letter_has_no_character(pdf: Pdf) -> None:
    remap(pdf, rb"<[0-9a-f]+> <0065>", b"")


@told(TEXT)
def a_cyrillic_letter_looks_latin(pdf: Pdf) -> None:
    remap(pdf, b"> <0430>", b"> <0061>")


@told(TEXT)
def a_font_has_no_characters(pdf: Pdf) -> None:
    for font in fonts_of(pdf.pages[0]):
        del font["/ToUnicode"]


@told("is not in the file")
def a_font_is_not_in_the_file(pdf: Pdf) -> None:
    del fonts_of(pdf.pages[0])[0].DescendantFonts[0].FontDescriptor["/FontFile2"]


@told(TEXT)
def a_page_has_fonts_of_its_own(pdf: Pdf) -> None:
    own = dict(pdf.pages[1].obj.Resources.items())
    fonts = {name: Dictionary(dict(font.items())) for name, font in own["/Font"].items()}
    for font in fonts.values():
        data = font.ToUnicode.read_bytes()
        font.ToUnicode = pdf.make_stream(data.replace(b"> <0065>", b"> <0063>"))
    made = {name: pdf.make_indirect(font) for name, font in fonts.items()}
    pdf.pages[1].obj.Resources = Dictionary(own | {"/Font": Dictionary(made)})


def program_of(pdf: Pdf) -> Object:
    """Return what holds the program of a font."""
    return fonts_of(pdf.pages[0])[0].DescendantFonts[0].FontDescriptor


@told("is damaged")
def a_font_is_damaged(pdf: Pdf) -> None:
    data = program_of(pdf).FontFile2.read_bytes()
    program_of(pdf).FontFile2.write(data[:-300] + bytes(300))


@told("cannot be read back")
def a_font_is_empty(pdf: Pdf) -> None:
    program_of(pdf).FontFile2.write(b"")


@told("has other widths")
def glyphs_have_other_widths(pdf: Pdf) -> None:
    widths = fonts_of(pdf.pages[0])[0].DescendantFonts[0].W
    widths[1] = [1000] * len(widths[1])


@told("has other widths")
def glyphs_have_no_widths(pdf: Pdf) -> None:
    del fonts_of(pdf.pages[0])[0].DescendantFonts[0]["/W"]


@told("has other codes")
def a_font_is_set_from_above(pdf: Pdf) -> None:
    fonts_of(pdf.pages[0])[0].Encoding = Name("/Identity-V")


@told("has other codes")
def a_font_has_another_order(pdf: Pdf) -> None:
    fonts_of(pdf.pages[0])[0].DescendantFonts[0].CIDToGIDMap = pdf.make_stream(bytes(400))


@told(TEXT)
def two_fonts_change_places(pdf: Pdf) -> None:
    fonts = pdf.pages[0].obj.Resources.Font
    first, second = list(fonts.keys())[:2]
    fonts[first], fonts[second] = fonts[second], fonts[first]


@told("is not told")
def content_is_an_artifact(pdf: Pdf) -> None:
    def change(drawn: Instructions) -> None:
        begin, _ = span(drawn, line(pdf))
        drawn[begin] = does("BMC", ARTIFACT)

    rewrite(pdf, 0, change)


@told("is not told")
def an_element_is_an_artifact(pdf: Pdf) -> None:
    quote = kids(element(pdf, "BlockQuote"))[0]

    def change(drawn: Instructions) -> None:
        begin, _ = span(drawn, marks(quote)[0])
        drawn[begin] = does("BMC", ARTIFACT)

    rewrite(pdf, 0, change)
    drop(element(pdf, "BlockQuote"))


@told("is not told")
def a_picture_is_an_artifact(pdf: Pdf) -> None:
    figure = element(pdf, "Figure", -1)

    def change(drawn: Instructions) -> None:
        begin, _ = span(drawn, marks(figure)[0])
        drawn[begin] = does("BMC", ARTIFACT)

    rewrite(pdf, 1, change)
    drop(figure)


@told("told twice, or not at all")
def an_artifact_is_content(pdf: Pdf) -> None:
    number = 1 + max(
        int(each.operands[1].MCID)
        for each in instructions(pdf)
        if name(each) == "BDC" and "/MCID" in each.operands[1]
    )

    def change(drawn: Instructions) -> None:
        at = [
            at
            for at, each in enumerate(drawn)
            if name(each) == "BDC" and each.operands[0] == ARTIFACT
        ][-1]
        drawn[at] = does("BDC", Name.P, Dictionary(MCID=number))

    rewrite(pdf, 0, change)


def instructions(pdf: Pdf) -> Instructions:
    """Return what draws the first page."""
    kept: Instructions = []
    rewrite(pdf, 0, kept.extend)
    return kept


@told("neither content nor decoration")
def a_text_is_outside_of_marks(pdf: Pdf) -> None:
    def change(drawn: Instructions) -> None:
        begin, end = span(drawn, line(pdf))
        del drawn[end], drawn[begin]

    rewrite(pdf, 0, change)


@told("neither content nor decoration")
def a_text_is_added_outside_of_marks(pdf: Pdf) -> None:
    add(pdf, *a_word(pdf))


@told("neither content nor decoration")
def a_line_is_outside_of_marks(pdf: Pdf) -> None:
    add(pdf, does("re", 100, 100, 50, 50), does("f"))


@told("neither content nor decoration")
def an_outline_is_outside_of_marks(pdf: Pdf) -> None:
    add(pdf, does("re", 100, 100, 50, 50), does("b"))


@told("neither content nor decoration")
def a_text_is_shown_by_a_rare_operator(pdf: Pdf) -> None:
    *_, tf, tm, tj, _ = [each for each in a_word(pdf) if name(each) in {"Tf", "Tm", "TJ", "ET"}]
    codes = b"".join(bytes(part) for part in tj.operands[0] if isinstance(part, String))
    add(pdf, does("BT"), tf, tm, does("'", String(codes)), does("ET"))


@told("is not told")
def a_text_is_added_as_an_artifact(pdf: Pdf) -> None:
    add(pdf, does("BMC", ARTIFACT), *a_word(pdf), does("EMC"))


@told("is not told")
def an_invisible_text_is_added_as_an_artifact(pdf: Pdf) -> None:
    add(pdf, does("BMC", ARTIFACT), *a_word(pdf, 3), does("EMC"))


@told(TEXT)
def an_invisible_text_is_added_to_content(pdf: Pdf) -> None:
    added = a_word(pdf, 3)

    def change(drawn: Instructions) -> None:
        _, end = span(drawn, line(pdf))
        drawn[end:end] = added

    rewrite(pdf, 0, change)


@told("cannot be seen")
def a_text_is_invisible(pdf: Pdf) -> None:
    before(pdf, does("Tr", 3), after=(does("Tr", 0),))


@told("cannot be seen")
def a_text_only_clips(pdf: Pdf) -> None:
    before(pdf, does("q"), does("Tr", 7), after=(does("Q"),))


@told("cannot be seen")
def a_text_is_white(pdf: Pdf) -> None:
    before(pdf, does("rg", 1, 1, 1), after=(does("rg", 0, 0, 0),))


@told("cannot be seen")
def a_text_has_no_size(pdf: Pdf) -> None:
    def change(drawn: Instructions) -> None:
        begin, end = span(drawn, line(pdf))
        at = next(at for at in range(begin, end) if name(drawn[at]) == "Tf")
        drawn[at] = does("Tf", drawn[at].operands[0], 0)

    rewrite(pdf, 0, change)


@told("cannot be seen")
def a_text_is_off_its_sheet(pdf: Pdf) -> None:
    def change(drawn: Instructions) -> None:
        begin, end = span(drawn, line(pdf))
        at = next(at for at in range(begin, end) if name(drawn[at]) == "Tm")
        drawn[at] = does("Tm", *[*drawn[at].operands[:4], -2000, 100])

    rewrite(pdf, 0, change)


@told("cannot be seen")
def a_text_is_covered(pdf: Pdf) -> None:
    paper = (does("rg", 1, 1, 1), does("re", 0, 0, 900, 1200), does("f"))
    add(pdf, does("BMC", ARTIFACT), *paper, does("EMC"))


@told("cannot be seen")
def some_letters_are_covered(pdf: Pdf) -> None:
    def change(drawn: Instructions) -> None:
        begin, end = span(drawn, line(pdf))
        [moved] = [each for each in drawn[begin:end] if name(each) == "Tm"]
        left, base = (float(each) for each in moved.operands[4:])
        paper = (does("rg", 1, 1, 1), does("re", left + 60, base - 14, 120, 20), does("f"))
        drawn[end + 1 : end + 1] = [
            does("q"),
            does("BMC", ARTIFACT),
            *paper,
            does("EMC"),
            does("Q"),
        ]

    rewrite(pdf, 0, change)


@told("cannot be seen")
def a_text_is_drawn_apart(pdf: Pdf) -> None:
    before(pdf, does("Tc", 60), after=(does("Tc", 0),))


@told("cannot be seen")
def a_text_is_transparent(pdf: Pdf) -> None:
    pdf.pages[0].obj.Resources.ExtGState.unseen = Dictionary(ca=0)
    before(pdf, does("gs", Name.unseen), after=(does("gs", Name("/a1.0")),))


@told("cannot be seen")
def a_text_is_clipped_away(pdf: Pdf) -> None:
    def change(drawn: Instructions) -> None:
        begin, end = span(drawn, line(pdf))
        clip = [does("q"), does("re", 0, 0, 1, 1), does("W"), does("n")]
        drawn[end] = does("EMC")
        drawn.insert(end + 1, does("Q"))
        drawn[begin:begin] = clip

    rewrite(pdf, 0, change)


@told("says more than which content it is")
def a_mark_is_read_in_other_words(pdf: Pdf) -> None:
    mark = line(pdf)

    def change(drawn: Instructions) -> None:
        begin, _ = span(drawn, mark)
        words = Dictionary(MCID=mark, ActualText=String("All is well."))
        drawn[begin] = does("BDC", Name.Span, words)

    rewrite(pdf, 0, change)


@told("says more than which content it is")
def a_part_of_a_mark_is_read_in_other_words(pdf: Pdf) -> None:
    words = Dictionary(ActualText=String("All is well."))
    before(pdf, does("BDC", Name.Span, words), after=(does("EMC"),))


@told("says more than which content it is")
def a_part_of_a_mark_has_another_language(pdf: Pdf) -> None:
    words = Dictionary(Lang=String("fr"))
    before(pdf, does("BDC", Name.Span, words), after=(does("EMC"),))


@told("a mark has no end, or two")
def a_mark_has_no_end(pdf: Pdf) -> None:
    def change(drawn: Instructions) -> None:
        del drawn[place(drawn, "EMC", -1)]

    rewrite(pdf, 0, change)


@told("a mark has no end, or two")
def a_mark_ends_twice(pdf: Pdf) -> None:
    add(pdf, does("EMC"))


@told("told twice, or not at all")
def a_mark_has_another_number(pdf: Pdf) -> None:
    def change(drawn: Instructions) -> None:
        begin, _ = span(drawn, line(pdf))
        drawn[begin] = does("BDC", Name.P, Dictionary(MCID=9999))

    rewrite(pdf, 0, change)


@told(TEXT)
def two_marks_change_numbers(pdf: Pdf) -> None:
    first, second = marks(element(pdf, "P"))[:2]

    def change(drawn: Instructions) -> None:
        begins = span(drawn, first)[0], span(drawn, second)[0]
        for begin, number in zip(begins, (second, first), strict=True):
            drawn[begin] = does("BDC", Name.P, Dictionary(MCID=number))

    rewrite(pdf, 0, change)


@told(TEXT)
def a_page_shows_nothing(pdf: Pdf) -> None:
    pdf.pages[2].obj.Contents = pdf.make_stream(b"")


@told(TEXT)
def two_pages_change_their_contents(pdf: Pdf) -> None:
    first, second = pdf.pages[2].obj, pdf.pages[3].obj
    first.Contents, second.Contents = second.Contents, first.Contents


def picture(pdf: Pdf, page: int) -> tuple[Object, ...]:
    """Return what shows a picture on a page."""
    image = pdf.make_stream(b"\0" * 12)
    image.update(Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=2, Height=2))
    image.update(Dictionary(BitsPerComponent=8, ColorSpace=Name.DeviceRGB))
    pdf.pages[page].obj.Resources.XObject.stamp = image
    return does("q"), does("cm", 90, 0, 0, 90, 50, 50), does("Do", Name.stamp), does("Q")


@told("is not told")
def a_picture_is_put_on_a_page(pdf: Pdf) -> None:
    add(pdf, does("BMC", ARTIFACT), *picture(pdf, 0), does("EMC"))


@told("is not told")
def a_picture_is_put_on_a_page_with_a_decoration(pdf: Pdf) -> None:
    add(pdf, does("BMC", ARTIFACT), *picture(pdf, 1), does("EMC"), page=1)


@told("neither content nor decoration")
def a_picture_is_put_outside_of_marks(pdf: Pdf) -> None:
    add(pdf, *picture(pdf, 0))


@told(TEXT)
def a_picture_is_in_a_paragraph(pdf: Pdf) -> None:
    stamp = picture(pdf, 0)

    def change(drawn: Instructions) -> None:
        _, end = span(drawn, line(pdf))
        drawn[end:end] = stamp

    rewrite(pdf, 0, change)


@told("neither content nor decoration")
def a_picture_is_in_the_content_itself(pdf: Pdf) -> None:
    data = pdf.pages[0].obj.Contents.read_bytes()
    inline = b"\nq 90 0 0 90 50 50 cm BI /W 1 /H 1 /CS /RGB /BPC 8 ID abc EI Q\n"
    pdf.pages[0].obj.Contents = pdf.make_stream(data + inline)


@told("told twice, or not at all")
def a_picture_is_missing(pdf: Pdf) -> None:
    figure = element(pdf, "Figure", -1)

    def change(drawn: Instructions) -> None:
        begin, end = span(drawn, marks(figure)[0])
        drawn[begin + 1 : end] = []

    rewrite(pdf, 1, change)


@told("cannot be read back")
def content_may_be_switched_off(pdf: Pdf) -> None:
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("draft")))
    pdf.pages[0].obj.Resources.Properties = Dictionary(draft=group)
    before(pdf, does("BDC", Name.OC, Name.draft), after=(does("EMC"),))
