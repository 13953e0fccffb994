"""Damages of links, of the places that they lead to, and of the outline."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Pdf, String

from tests.support.damages.kit import (
    Object,
    element,
    elements,
    give,
    kids,
    told,
)

PLACE = "is not where its words are"


def links(pdf: Pdf, page: int = 0) -> list[Object]:
    """Return the annotations of a page."""
    return list(pdf.pages[page].obj.Annots)


def outside(pdf: Pdf) -> Object:
    """Return the first link to a page of others."""
    return next(each for each in links(pdf) if "/A" in each)


def inside(pdf: Pdf) -> Object:
    """Return the first link within the document, a call of a note."""
    return next(each for each in links(pdf) if "/Dest" in each)


@told("has no place on its sheet")
def a_link_is_off_its_sheet(pdf: Pdf) -> None:
    outside(pdf).Rect = Array([100, 900, 200, 912])


@told("has no place on its sheet")
def a_link_has_no_size(pdf: Pdf) -> None:
    rect = outside(pdf).Rect
    outside(pdf).Rect = Array([rect[0], rect[1], rect[2], rect[1]])


@told("cannot be read back")
def a_link_has_half_a_place(pdf: Pdf) -> None:
    outside(pdf).Rect = Array([100, 100])


@told("cannot be read back")
def an_aim_has_no_height(pdf: Pdf) -> None:
    names = pdf.Root.Names.Dests.Names
    names[1] = Array([names[1][0], Name.Fit])


@told(PLACE)
def a_link_is_elsewhere(pdf: Pdf) -> None:
    outside(pdf).Rect = Array([100, 700, 200, 712])


@told(PLACE)
def a_link_covers_its_sheet(pdf: Pdf) -> None:
    outside(pdf).Rect = Array(pdf.pages[0].MediaBox)


@told(PLACE)
def two_links_change_places(pdf: Pdf) -> None:
    first, second = outside(pdf), links(pdf)[-1]
    first.Rect, second.Rect = second.Rect, first.Rect


@told(PLACE)
def a_link_is_on_another_line(pdf: Pdf) -> None:
    outside(pdf).Rect = Array(
        [float(side) - 20 * (at % 2) for at, side in enumerate(outside(pdf).Rect)]
    )


@told("address=")
def a_link_leads_to_another_page_of_the_web(pdf: Pdf) -> None:
    outside(pdf).A.URI = String("https://parks.example.org/z")


@told("address=")
def two_links_change_addresses(pdf: Pdf) -> None:
    first, *_, last = (each for each in links(pdf) if "/A" in each)
    first.A.URI, last.A.URI = last.A.URI, first.A.URI


@told("does more than")
def a_link_runs_a_script(pdf: Pdf) -> None:
    outside(pdf).A = Dictionary(
        S=Name.JavaScript, JS=String("app.alert(1)"), URI=outside(pdf).A.URI
    )


@told("address=")
def a_link_starts_a_program(pdf: Pdf) -> None:
    outside(pdf).A.S = Name.Launch


@told("does more than")
def a_link_does_something_else_then(pdf: Pdf) -> None:
    outside(pdf).A.Next = Dictionary(S=Name.Named, N=Name.Print)


@told("does more than")
def a_link_acts_when_it_is_touched(pdf: Pdf) -> None:
    outside(pdf).AA = Dictionary(E=Dictionary(S=Name.URI, URI=String("https://other.example.org")))


@told("does more than")
def a_link_shows_something(pdf: Pdf) -> None:
    outside(pdf).AP = Dictionary(N=pdf.make_stream(b"0 0 9 9 re f"))


@told("address=")
def a_link_within_leads_elsewhere(pdf: Pdf) -> None:
    inside(pdf).Dest = String("table")


@told("address=")
def a_link_within_leads_nowhere(pdf: Pdf) -> None:
    del inside(pdf)["/Dest"]


@told("leads to another place")
def a_place_is_unknown(pdf: Pdf) -> None:
    names = pdf.Root.Names.Dests.Names
    at = [str(names[place]) for place in range(0, len(names), 2)].index("note-1")
    del names[2 * at : 2 * at + 2]


@told("leads to another place")
def two_places_change(pdf: Pdf) -> None:
    names = pdf.Root.Names.Dests.Names
    places = {str(names[at]): at + 1 for at in range(0, len(names), 2)}
    first, second = places["note-1"], places["top"]
    names[first], names[second] = names[second], names[first]


@told("leads to another place")
def a_place_is_at_the_foot_of_its_page(pdf: Pdf) -> None:
    names = pdf.Root.Names.Dests.Names
    at = [str(names[place]) for place in range(0, len(names), 2)].index("table")
    names[2 * at + 1][3] = 10


@told("address=")
def a_link_leads_into_another_file(pdf: Pdf) -> None:
    link = inside(pdf)
    link.A = Dictionary(S=Name.GoToR, F=String("other.pdf"), D=link.Dest)
    del link["/Dest"]


@told("Contents=")
def a_link_says_nothing(pdf: Pdf) -> None:
    del outside(pdf)["/Contents"]


@told("Contents=")
def a_link_says_something_else(pdf: Pdf) -> None:
    outside(pdf).Contents = String("a short report (https://parks.example.org/a)")


@told("Contents=")
def a_call_says_what_another_note_says(pdf: Pdf) -> None:
    inside(pdf).Contents = links(pdf)[1].Contents


@told("its parent tree")
def a_link_does_not_know_its_element(pdf: Pdf) -> None:
    del outside(pdf)["/StructParent"]


@told("its parent tree")
def two_links_have_one_parent(pdf: Pdf) -> None:
    links(pdf)[0].StructParent = links(pdf)[1].StructParent


@told("is hidden, or is not printed")
def a_link_is_not_printed(pdf: Pdf) -> None:
    del outside(pdf)["/F"]


@told("is hidden, or is not printed")
def a_link_is_hidden(pdf: Pdf) -> None:
    outside(pdf).F = 6


@told("has a frame")
def a_link_is_framed(pdf: Pdf) -> None:
    del outside(pdf)["/BS"]


@told("is on no page")
def a_link_is_not_on_its_page(pdf: Pdf) -> None:
    pdf.pages[0].obj.Annots = Array(
        [each for each in links(pdf) if each.objgen != outside(pdf).objgen]
    )


@told("a link on page 2 is not in its structure")
def a_link_is_on_another_page(pdf: Pdf) -> None:
    link = outside(pdf)
    pdf.pages[0].obj.Annots = Array([each for each in links(pdf) if each.objgen != link.objgen])
    pdf.pages[1].obj.Annots = Array([*pdf.pages[1].obj.get("/Annots", []), link])


@told("is not in its structure")
def a_link_covers_a_page(pdf: Pdf) -> None:
    action = Dictionary(S=Name.URI, URI=String("https://other.example.org"))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, F=4, Rect=pdf.pages[0].MediaBox, A=action)
    pdf.pages[0].obj.Annots.append(pdf.make_indirect(link))


@told("is not in its structure")
def there_is_a_comment(pdf: Pdf) -> None:
    outside(pdf).Subtype = Name.Text


@told(PLACE)
def a_line_of_a_link_cannot_be_touched(pdf: Pdf) -> None:
    link = next(each for each in elements(pdf, "Link") if len(kids(each)) > 3)
    drop_frame(pdf, link, 1)


@told("is not in its structure")
def a_frame_is_not_in_its_link(pdf: Pdf) -> None:
    link = element(pdf, "Link")
    give(link, [kid for kid in kids(link) if isinstance(kid, int)])


def drop_frame(pdf: Pdf, link: Object, number: int) -> None:
    """Take one of the frames of a link away, from its page and its element."""
    frames = [kid for kid in kids(link) if not isinstance(kid, int) and "/Obj" in kid]
    gone = frames[number].Obj.objgen
    give(link, [kid for kid in kids(link) if isinstance(kid, int) or kid.Obj.objgen != gone])
    pdf.pages[0].obj.Annots = Array([each for each in links(pdf) if each.objgen != gone])


@told("outline")
def there_is_no_outline(pdf: Pdf) -> None:
    del pdf.Root["/Outlines"]


@told("outline")
def an_entry_has_another_title(pdf: Pdf) -> None:
    pdf.Root.Outlines.First.Title = String("Parks of the city")


@told("outline")
def an_entry_has_another_level(pdf: Pdf) -> None:
    outlines = pdf.Root.Outlines
    first = outlines.First
    lower, first.Next = first.First, first.First
    assert "/First" in lower
    del first["/First"]


@told("outline")
def an_entry_is_missing(pdf: Pdf) -> None:
    first = pdf.Root.Outlines.First
    first.First = first.First.Next


@told("outline")
def two_entries_change_titles(pdf: Pdf) -> None:
    first = pdf.Root.Outlines.First.First
    first.Title, first.Next.Title = first.Next.Title, first.Title


@told("outline")
def an_entry_leads_to_another_page(pdf: Pdf) -> None:
    pdf.Root.Outlines.First.Dest[0] = pdf.pages[2].obj


@told("outline")
def an_entry_leads_nowhere(pdf: Pdf) -> None:
    del pdf.Root.Outlines.First["/Dest"]


@told("outline")
def an_entry_leads_to_the_foot_of_its_page(pdf: Pdf) -> None:
    pdf.Root.Outlines.First.Dest[3] = 10


@told("outline")
def the_outline_goes_round(pdf: Pdf) -> None:
    first = pdf.Root.Outlines.First.First
    first.Next.Next = first


@told("outline")
def an_entry_runs_a_script(pdf: Pdf) -> None:
    entry = pdf.Root.Outlines.First
    entry.A = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
