"""Damages of a document as a whole: its pages, its catalog and its metadata."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Name, Pdf, String

from tests.support.damages.kit import told

if TYPE_CHECKING:
    from collections.abc import Callable

MORE = "does more than to be read"


def script() -> Dictionary:
    """Return an action that runs a script."""
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


@told("in another order")
def two_pages_change_places(pdf: Pdf) -> None:
    page = pdf.pages[3]
    del pdf.pages[3]
    pdf.pages.insert(2, page)


@told("where the page says")
def a_page_is_removed(pdf: Pdf) -> None:
    del pdf.pages[2]


@told("order of its structure")
def a_page_is_added(pdf: Pdf) -> None:
    pdf.add_blank_page(page_size=(595, 842))
    page = pdf.pages[-1]
    del pdf.pages[-1]
    pdf.pages.insert(2, page)


@told("several sizes")
def a_page_has_another_size(pdf: Pdf) -> None:
    pdf.pages[0].obj.MediaBox = Array([0, 0, 1190, 1684])


@told("several sizes")
def pages_are_larger_than_their_paper(pdf: Pdf) -> None:
    for page in pdf.pages:
        page.obj.MediaBox = Array([0, 0, 2000, 2000])


@told("its page has 'Rotate'")
def a_page_is_rotated(pdf: Pdf) -> None:
    pdf.pages[0].rotate(90, relative=True)


@told("its page has 'CropBox'")
def a_page_is_cropped(pdf: Pdf) -> None:
    pdf.pages[0].obj.CropBox = Array([0, 400, 595, 842])


@told("its page has 'UserUnit'")
def a_page_has_another_unit(pdf: Pdf) -> None:
    pdf.pages[0].obj.UserUnit = 2


@told("its page has 'AA'")
def a_page_acts_when_it_is_opened(pdf: Pdf) -> None:
    pdf.pages[0].obj.AA = Dictionary(O=script())


@told("its page has 'Dur'")
def a_page_goes_on_by_itself(pdf: Pdf) -> None:
    pdf.pages[0].obj.Dur = 5


@told("that it has a structure")
def it_does_not_say_that_it_is_tagged(pdf: Pdf) -> None:
    del pdf.Root["/MarkInfo"]


@told("that it has a structure")
def it_says_that_it_is_not_tagged(pdf: Pdf) -> None:
    pdf.Root.MarkInfo.Marked = False


@told("that it has a structure")
def its_tags_are_suspect(pdf: Pdf) -> None:
    pdf.Root.MarkInfo.Suspects = True


@told("order of its structure")
def links_are_in_no_order(pdf: Pdf) -> None:
    del pdf.pages[0].obj["/Tabs"]


@told("order of its structure")
def links_are_in_the_order_of_rows(pdf: Pdf) -> None:
    pdf.pages[0].obj.Tabs = Name.R


@told("name of the file")
def a_window_shows_the_name_of_the_file(pdf: Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


@told(MORE)
def a_window_has_no_menu(pdf: Pdf) -> None:
    pdf.Root.ViewerPreferences.HideMenubar = True


@told("language")
def it_has_no_language(pdf: Pdf) -> None:
    del pdf.Root["/Lang"]


@told("language")
def it_has_another_language(pdf: Pdf) -> None:
    pdf.Root.Lang = String("ky")


@told("what its colours are")
def it_does_not_say_what_colours_are(pdf: Pdf) -> None:
    del pdf.Root["/OutputIntents"]


@told("what its colours are")
def it_has_no_profile_of_colours(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents[0]["/DestOutputProfile"]


@told("what its colours are")
def its_profile_of_colours_is_none(pdf: Pdf) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_stream(b"colours", N=3)


@told("what its colours are")
def its_colours_are_for_a_press(pdf: Pdf) -> None:
    pdf.Root.OutputIntents[0].S = Name.GTS_PDFX


@told(MORE)
def it_runs_a_script(pdf: Pdf) -> None:
    start = pdf.make_indirect(script())
    pdf.Root.Names.JavaScript = Dictionary(Names=Array([String("start"), start]))


@told(MORE)
def it_acts_when_it_is_opened(pdf: Pdf) -> None:
    pdf.Root.OpenAction = script()


@told(MORE)
def it_acts_when_it_is_closed(pdf: Pdf) -> None:
    pdf.Root.AA = Dictionary(WC=script())


@told(MORE)
def a_file_is_attached(pdf: Pdf) -> None:
    file = pdf.make_stream(b"notes")
    notes = Dictionary(Type=Name.Filespec, F=String("notes.txt"), EF=Dictionary(F=file))
    names = Array([String("notes.txt"), pdf.make_indirect(notes)])
    pdf.Root.Names.EmbeddedFiles = Dictionary(Names=names)


@told(MORE)
def it_has_a_form(pdf: Pdf) -> None:
    field = pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("name")))
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))


@told(MORE)
def it_is_a_collection(pdf: Pdf) -> None:
    pdf.Root.Collection = Dictionary(View=Name.D)


@told(MORE)
def its_links_have_another_base(pdf: Pdf) -> None:
    pdf.Root.URI = Dictionary(Base=String("https://other.example.org/"))


@told(MORE)
def it_has_layers(pdf: Pdf) -> None:
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("draft")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group])))


@told(MORE)
def its_pages_have_other_numbers(pdf: Pdf) -> None:
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.r)]))


@told(MORE)
def it_fills_the_screen(pdf: Pdf) -> None:
    pdf.Root.PageMode = Name.FullScreen


@told("metadata cannot be read")
def it_has_no_metadata(pdf: Pdf) -> None:
    del pdf.Root["/Metadata"]


@told("its metadata")
def its_metadata_are_broken(pdf: Pdf) -> None:
    data = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(data[: len(data) // 2])


@told("Title")
def another_title_is_in_its_window(pdf: Pdf) -> None:
    pdf.docinfo.Title = String("Something else")


@told("Author")
def another_author_is_in_its_window(pdf: Pdf) -> None:
    pdf.docinfo.Author = String("Somebody else")


@told("CreationDate")
def another_day_is_in_its_window(pdf: Pdf) -> None:
    pdf.docinfo.CreationDate = String("D:20270101")


@told("Company")
def somebody_is_in_its_window(pdf: Pdf) -> None:
    pdf.docinfo.Company = String("Host 17")


FIELDS = {  # of the packet: what it says, and what instead
    "title": ("Brief &amp; more", "Brief &amp; less"),
    "an author": ("Ayla Demir, Institute of Parks", "Ayla Demir"),
    "no author": ("<rdf:li>The office of parks</rdf:li>", ""),
    "description": ("What parks cost &amp; what they give.", "What parks cost."),
    "keywords": ("<rdf:li>parks</rdf:li>", "<rdf:li>pears</rdf:li>"),
    "publisher": ("<rdf:li>The town</rdf:li>", "<rdf:li>The city</rdf:li>"),
    "licence": ('x-default">CC BY 4.0', 'x-default">All rights reserved'),
    "page of the licence": ("licenses/by/4.0", "licenses/by-nc/4.0"),
    "no licence": ("<xmpRights:Marked>True", "<xmpRights:Marked>False"),
    "source": ("A review of parks", "A review of zoos"),
    "date": ("<rdf:li>2026-01-15", "<rdf:li>2027-01-15"),
    "day of creation": ("<xmp:CreateDate>2026-01-15", "<xmp:CreateDate>2026-02-15"),
    "day of change": ("<xmp:ModifyDate>2026-01-16", "<xmp:ModifyDate>2027-01-16"),
    "program": ("<xmp:CreatorTool>Press", "<xmp:CreatorTool>Word"),
    "producer": ("<pdf:Producer>WeasyPrint", "<pdf:Producer>on host-17: WeasyPrint"),
    "language": ("<rdf:li>en</rdf:li>", "<rdf:li>de</rdf:li>"),
    "part of PDF/A": ("<pdfaid:part>2", "<pdfaid:part>1"),
    "level of PDF/A": ("<pdfaid:conformance>A", "<pdfaid:conformance>B"),
    "part of PDF/UA": ("<pdfuaid:part>1", "<pdfuaid:part>2"),
    "no PDF/UA": ("<pdfuaid:part>1</pdfuaid:part>", ""),
    "more than the head, in short": ('rdf:about=""', 'rdf:about="" xmp:Nickname="Host 17"'),
    "more than the head": ("<dc:format>", "<dc:contributor>Host 17</dc:contributor><dc:format>"),
}


def replacing(old: str, new: str) -> Callable[[Pdf], None]:
    """Return a damage of the packet."""

    def change(pdf: Pdf) -> None:
        data = pdf.Root.Metadata.read_bytes()
        changed = re.sub(re.escape(old.encode()), new.encode(), data)
        assert changed != data
        pdf.Root.Metadata.write(changed)

    return change


for _name, _change in FIELDS.items():
    _damage = replacing(*_change)
    _damage.__name__ = f"metadata: {_name}"
    told("its metadata")(_damage)
