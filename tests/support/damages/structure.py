"""Damages of the structure: its elements, what they contain and say, and the ways to them."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Pdf, String

from tests.support.damages.kit import drop, element, elements, give, is_element, kids, swap, told

TEXT = "where the page says"


@told(TEXT)
def two_paragraphs_change_places(pdf: Pdf) -> None:
    swap(element(pdf, "Sect"), 3, 4)


@told(TEXT)
def two_items_change_places(pdf: Pdf) -> None:
    swap(element(pdf, "L"), 0, 1)


@told(TEXT)
def two_rows_change_places(pdf: Pdf) -> None:
    swap(element(pdf, "TBody"), 3, 4)


@told(TEXT)
def two_cells_change_places(pdf: Pdf) -> None:
    swap(element(pdf, "TR", 5), 1, 2)


@told(TEXT)
def two_sections_change_places(pdf: Pdf) -> None:
    at = [place for place, kid in enumerate(kids(element(pdf, "Document"))) if kid.S == "/Sect"]
    swap(element(pdf, "Document"), at[0], at[1])


@told(TEXT)
def two_marks_change_places(pdf: Pdf) -> None:
    swap(element(pdf, "P"), 0, 1)


@told(TEXT)
def a_paragraph_is_dropped(pdf: Pdf) -> None:
    drop(element(pdf, "P", 2))


@told(TEXT)
def a_row_is_dropped(pdf: Pdf) -> None:
    drop(element(pdf, "TR", 20))


@told(TEXT)
def an_empty_cell_is_dropped(pdf: Pdf) -> None:
    drop(next(each for each in elements(pdf, "TD") if "/K" not in each))


@told("where the page says")
def the_last_link_is_dropped(pdf: Pdf) -> None:
    drop(kids(element(pdf, "Document"))[-1])


@told("an element of its structure is in two places")
def an_element_is_in_two_places(pdf: Pdf) -> None:
    around = element(pdf, "Sect")
    give(around, [*kids(around), kids(around)[0]])


@told("where the page says")
def an_element_is_copied(pdf: Pdf) -> None:
    top = element(pdf, "Document")
    copy = pdf.make_indirect(Dictionary(dict(element(pdf, "BlockQuote").items())))
    copy.P, copy.K = top, Array()
    give(top, [*kids(top), copy])


@told("cannot be read back")
def there_is_a_second_document(pdf: Pdf) -> None:
    root = pdf.Root.StructTreeRoot
    root.K = Array([root.K, pdf.make_indirect(Dictionary(S=Name.Document, P=root))])


@told("two places")
def an_element_contains_itself(pdf: Pdf) -> None:
    around = element(pdf, "Sect")
    give(around, [*kids(around), around])


@told("does not name what it is in")
def an_element_names_another_parent(pdf: Pdf) -> None:
    element(pdf, "Em").P = element(pdf, "Document")


@told("does not name what it is in")
def an_element_names_no_parent(pdf: Pdf) -> None:
    del element(pdf, "Em")["/P"]


@told(TEXT)
def a_section_is_gone(pdf: Pdf) -> None:
    section = element(pdf, "Sect")
    around = kids(section.P)
    at = [is_element(kid) and kid.objgen == section.objgen for kid in around].index(True)
    for kid in kids(section):
        kid.P = section.P
    give(section.P, [*around[:at], *kids(section), *around[at + 1 :]])


@told(TEXT)
def a_mark_moves_to_another_element(pdf: Pdf) -> None:
    giver, taker = elements(pdf, "P")[:2]
    mark = kids(giver)[-1]
    give(giver, kids(giver)[:-1])
    give(taker, [mark, *kids(taker)])
    pdf.Root.StructTreeRoot.ParentTree.Nums[1][mark] = taker


@told("its parent tree")
def a_mark_moves_without_its_parent(pdf: Pdf) -> None:
    giver, taker = elements(pdf, "P")[:2]
    mark = kids(giver)[-1]
    give(giver, kids(giver)[:-1])
    give(taker, [mark, *kids(taker)])


@told("told twice, or not at all")
def a_mark_is_told_by_nobody(pdf: Pdf) -> None:
    paragraph = element(pdf, "P")
    give(paragraph, kids(paragraph)[:-1])


@told("told twice, or not at all")
def a_mark_is_told_twice(pdf: Pdf) -> None:
    paragraph = element(pdf, "P")
    give(paragraph, [*kids(paragraph), kids(paragraph)[-1]])


@told("told twice, or not at all")
def a_mark_does_not_exist(pdf: Pdf) -> None:
    paragraph = element(pdf, "P")
    give(paragraph, [*kids(paragraph), 9999])


@told("its parent tree")
def a_mark_is_of_another_page(pdf: Pdf) -> None:
    row = next(each for each in elements(pdf, "TH") if each.Pg.objgen != pdf.pages[0].obj.objgen)
    give(row, [Dictionary(Type=Name.MCR, Pg=pdf.pages[0].obj, MCID=kids(row)[0])])


@told(TEXT)
def an_element_names_another_page(pdf: Pdf) -> None:
    element(pdf, "BlockQuote").P.Pg = pdf.pages[1].obj
    kids(element(pdf, "BlockQuote"))[0].Pg = pdf.pages[1].obj


@told("its parent tree")
def an_element_names_no_page(pdf: Pdf) -> None:
    del element(pdf, "H2")["/Pg"]


@told("its parent tree")
def two_parents_change_places(pdf: Pdf) -> None:
    owners = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    owners[0], owners[6] = owners[6], owners[0]


@told("its parent tree")
def a_parent_is_missing(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot.ParentTree.Nums[1][1:]


@told("its parent tree")
def a_page_has_no_parents(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot.ParentTree.Nums[:2]


@told("its parent tree")
def there_are_no_parents(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot["/ParentTree"]


@told("its parent tree")
def a_page_does_not_know_its_parents(pdf: Pdf) -> None:
    del pdf.pages[1].obj["/StructParents"]


@told("its parent tree")
def a_page_has_the_parents_of_another(pdf: Pdf) -> None:
    pdf.pages[1].obj.StructParents = 0


@told("it ends before")
def there_is_no_structure(pdf: Pdf) -> None:
    del pdf.Root["/StructTreeRoot"]


@told("it ends before")
def the_structure_is_empty(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot["/K"]


@told("no reader knows")
def a_role_is_missing(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot.RoleMap["/Strong"]


@told("no reader knows")
def a_role_is_another(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.RoleMap.Em = Name.Figure


@told("no reader knows what <H2> is")
def a_known_element_has_a_role(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.RoleMap.H2 = Name.P


@told(TEXT)
def an_element_is_unknown(pdf: Pdf) -> None:
    element(pdf, "BlockQuote").S = Name.Citation


@told(TEXT)
def a_heading_has_another_level(pdf: Pdf) -> None:
    element(pdf, "H3").S = Name.H2


@told(TEXT)
def a_heading_is_a_paragraph(pdf: Pdf) -> None:
    element(pdf, "H3").S = Name.P


@told(TEXT)
def a_paragraph_is_a_heading(pdf: Pdf) -> None:
    element(pdf, "P").S = Name.H2


@told(TEXT)
def an_element_is_no_structure(pdf: Pdf) -> None:
    element(pdf, "Sect").S = Name.NonStruct


@told(TEXT)
def an_element_is_private(pdf: Pdf) -> None:
    element(pdf, "BlockQuote").S = Name.Private


@told(TEXT)
def emphasis_is_lost(pdf: Pdf) -> None:
    element(pdf, "Em").S = Name.Span


@told(TEXT)
def a_quote_is_lost(pdf: Pdf) -> None:
    element(pdf, "BlockQuote").S = Name.Div


@told(TEXT)
def a_table_is_two(pdf: Pdf) -> None:
    table, body = element(pdf, "Table"), element(pdf, "TBody", 1)
    drop(body)
    second = pdf.make_indirect(Dictionary(S=Name.Table, P=table.P, K=Array([body])))
    body.P = second
    give(table.P, [*kids(table.P), second])


@told(TEXT)
def a_head_is_read_again(pdf: Pdf) -> None:
    body = element(pdf, "TBody")
    row = pdf.make_indirect(Dictionary(S=Name.TR, P=body))
    head = pdf.make_indirect(Dictionary(S=Name.TH, P=row))
    give(row, [head])
    give(body, [*kids(body)[:9], row, *kids(body)[9:]])


@told(TEXT)
def a_head_is_a_cell(pdf: Pdf) -> None:
    element(pdf, "TH", 6).S = Name.TD


@told(TEXT)
def a_cell_is_a_head(pdf: Pdf) -> None:
    element(pdf, "TD").S = Name.TH


@told(TEXT)
def the_head_is_a_body(pdf: Pdf) -> None:
    element(pdf, "THead").S = Name.TBody


@told(TEXT)
def two_groups_are_one(pdf: Pdf) -> None:
    first, second = elements(pdf, "TBody")
    drop(second)
    for row in kids(second):
        row.P = first
    give(first, [*kids(first), *kids(second)])


@told(TEXT)
def a_list_is_not_nested(pdf: Pdf) -> None:
    outer, inner = elements(pdf, "L")[:2]
    drop(inner)
    inner.P = outer
    give(outer, [*kids(outer), inner])


@told(TEXT)
def a_list_is_divided(pdf: Pdf) -> None:
    items = element(pdf, "L")
    last = kids(items)[-1]
    drop(last)
    second = pdf.make_indirect(Dictionary(S=Name.L, P=items.P, K=Array([last]), A=items.A))
    last.P = second
    give(items.P, [*kids(items.P), second])


@told(TEXT)
def a_number_is_in_the_text(pdf: Pdf) -> None:
    label, body = element(pdf, "Lbl"), element(pdf, "LBody")
    drop(label)
    label.P, label.S = body, Name.Span
    give(body, [label, *kids(body)])


@told(TEXT)
def a_number_is_told_to_nobody(pdf: Pdf) -> None:
    drop(element(pdf, "Lbl"))


@told(TEXT)
def an_item_has_no_body(pdf: Pdf) -> None:
    element(pdf, "LBody").S = Name.P


@told("ListNumbering")
def a_list_is_numbered_by_letters(pdf: Pdf) -> None:
    element(pdf, "L").A.ListNumbering = Name.UpperAlpha


@told("ListNumbering")
def a_list_does_not_say_that_it_is_numbered(pdf: Pdf) -> None:
    del element(pdf, "L")["/A"]


@told(TEXT)
def a_caption_is_of_another_figure(pdf: Pdf) -> None:
    first, second = (
        each
        for each in elements(pdf, "Figure")
        if any(is_element(kid) and kid.S == "/Caption" for kid in kids(each))
    )
    caption = next(kid for kid in kids(first) if is_element(kid))
    drop(caption)
    caption.P = second
    give(second, [caption, *kids(second)])


@told(TEXT)
def a_caption_is_outside_of_its_figure(pdf: Pdf) -> None:
    caption = element(pdf, "Caption")
    drop(caption)
    caption.P, caption.S = caption.P.P, Name.P
    give(caption.P, [caption, *kids(caption.P)])


@told(TEXT)
def a_caption_of_a_table_is_a_paragraph(pdf: Pdf) -> None:
    kids(element(pdf, "Table"))[0].S = Name.P


@told(TEXT)
def a_figure_is_a_group(pdf: Pdf) -> None:
    element(pdf, "Figure").S = Name.Div


@told("Alt=")
def an_alternative_is_missing(pdf: Pdf) -> None:
    del element(pdf, "Figure")["/Alt"]


@told("Alt=")
def an_alternative_is_empty(pdf: Pdf) -> None:
    element(pdf, "Figure").Alt = String("")


@told("Alt=")
def an_alternative_is_of_another_figure(pdf: Pdf) -> None:
    first, second = elements(pdf, "Figure")[:2]
    first.Alt, second.Alt = second.Alt, first.Alt


@told("Alt=")
def an_alternative_hides_a_text(pdf: Pdf) -> None:
    element(pdf, "P").Alt = String("Nothing of note.")


@told("ActualText")
def other_words_are_read_aloud(pdf: Pdf) -> None:
    element(pdf, "P").ActualText = String("The review found that all is well.")


@told("ActualText")
def nothing_is_read_aloud(pdf: Pdf) -> None:
    element(pdf, "Strong").ActualText = String("")


@told("ActualText")
def another_number_is_read_aloud(pdf: Pdf) -> None:
    element(pdf, "TD", 3).ActualText = String("77")


@told("E=")
def an_abbreviation_is_not_expanded(pdf: Pdf) -> None:
    [short] = [each for each in elements(pdf, "Span") if "/E" in each]
    del short["/E"]


@told("E=")
def an_abbreviation_means_something_else(pdf: Pdf) -> None:
    [short] = [each for each in elements(pdf, "Span") if "/E" in each]
    short.E = String("World Trade Organization")


@told("E=")
def a_word_has_an_expansion(pdf: Pdf) -> None:
    element(pdf, "Em").E = String("some quarters")


@told("Lang=")
def a_passage_has_no_language(pdf: Pdf) -> None:
    [passage] = [each for each in elements(pdf, "Span") if "/Lang" in each]
    del passage["/Lang"]


@told("Lang=")
def a_passage_has_another_language(pdf: Pdf) -> None:
    [passage] = [each for each in elements(pdf, "P") if "/Lang" in each]
    passage.Lang = String("ru")


@told("Lang=")
def a_paragraph_has_another_language(pdf: Pdf) -> None:
    element(pdf, "P").Lang = String("de")


@told("Lang=")
def the_document_has_another_language(pdf: Pdf) -> None:
    element(pdf, "Document").Lang = String("fr")


@told("Scope=")
def a_head_has_no_scope(pdf: Pdf) -> None:
    del element(pdf, "TH", 6).A["/Scope"]


@told("Scope=")
def a_head_is_of_its_column(pdf: Pdf) -> None:
    element(pdf, "TH", 6).A.Scope = Name.Column


@told("Scope=")
def a_scope_is_no_attribute_of_tables(pdf: Pdf) -> None:
    element(pdf, "TH", 6).A.O = Name.List


@told("Headers=")
def a_cell_has_no_headers(pdf: Pdf) -> None:
    del element(pdf, "TD", 5).A["/Headers"]


@told("Headers=")
def a_cell_has_the_headers_of_another(pdf: Pdf) -> None:
    element(pdf, "TD", 5).A.Headers = element(pdf, "TD", 8).A.Headers


@told("Headers=")
def a_header_is_unknown(pdf: Pdf) -> None:
    element(pdf, "TD", 5).A.Headers[0] = String("table-9-9")


@told("ColSpan=")
def a_head_spans_no_columns(pdf: Pdf) -> None:
    [*_, wide] = [each for each in elements(pdf, "TH") if "/ColSpan" in each.A]
    del wide.A["/ColSpan"]


@told("ColSpan=")
def a_cell_spans_columns(pdf: Pdf) -> None:
    element(pdf, "TD", 5).A.ColSpan = 2


@told("RowSpan=")
def a_head_spans_other_rows(pdf: Pdf) -> None:
    element(pdf, "TH").A.RowSpan = 3


@told("its element has 'C'")
def a_class_gives_attributes(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.ClassMap = Dictionary(
        wide=Dictionary(O=Name.Table, ColSpan=3, Scope=Name.Row)
    )
    element(pdf, "TD", 5).C = Name.wide


@told("its attribute has 'Summary'")
def a_table_says_something_else(pdf: Pdf) -> None:
    element(pdf, "Table").A = Dictionary(O=Name.Table, Summary=String("Nothing of note"))


@told("its attribute has 'Display'")
def a_paragraph_is_said_to_be_hidden(pdf: Pdf) -> None:
    element(pdf, "P").A = Dictionary(O=Name("/CSS-2.00"), Display=Name("/none"))


@told("names of elements")
def a_name_is_of_another_element(pdf: Pdf) -> None:
    names = pdf.Root.StructTreeRoot.IDTree.Names
    names[1], names[3] = names[3], names[1]


@told("names of elements")
def a_name_is_missing(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot.IDTree.Names[:2]


@told("names of elements")
def a_name_is_of_nothing(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.IDTree.Names.extend([String("zz"), element(pdf, "P")])


@told("ID=")
def a_note_has_no_name(pdf: Pdf) -> None:
    del element(pdf, "Note")["/ID"]


@told("ID=")
def two_notes_have_one_name(pdf: Pdf) -> None:
    element(pdf, "Note", 1).ID = element(pdf, "Note").ID


@told("Ref=")
def a_call_does_not_lead_to_its_note(pdf: Pdf) -> None:
    del element(pdf, "Link")["/Ref"]


@told("Ref=")
def a_call_leads_to_another_note(pdf: Pdf) -> None:
    element(pdf, "Link").Ref = Array([element(pdf, "Note", 1)])


@told("Ref=")
def a_note_does_not_lead_back(pdf: Pdf) -> None:
    del element(pdf, "Note")["/Ref"]


@told("Ref=")
def a_note_leads_back_to_one_of_its_calls(pdf: Pdf) -> None:
    note = element(pdf, "Note")
    assert len(note.Ref) == 2
    del note.Ref[1]


@told(TEXT)
def a_note_is_a_paragraph(pdf: Pdf) -> None:
    element(pdf, "Note").S = Name.P


@told("where it is")
def a_figure_has_no_place(pdf: Pdf) -> None:
    del element(pdf, "Figure").A["/BBox"]


@told("where it is")
def a_figure_is_off_its_sheet(pdf: Pdf) -> None:
    element(pdf, "Figure").A.BBox = Array([100, 900, 200, 1000])


@told("where it is")
def a_figure_is_elsewhere(pdf: Pdf) -> None:
    box = element(pdf, "Figure").A.BBox
    element(pdf, "Figure").A.BBox = Array([box[0], 300, box[2], 300 + float(box[3] - box[1])])


@told("where it is")
def a_figure_is_smaller_than_its_picture(pdf: Pdf) -> None:
    box = element(pdf, "Figure").A.BBox
    half = float(box[0] + box[2]) / 2
    element(pdf, "Figure").A.BBox = Array([box[0], box[1], half, box[3]])


@told("where it is")
def a_figure_is_as_large_as_its_sheet(pdf: Pdf) -> None:
    element(pdf, "Figure").A.BBox = Array(pdf.pages[0].MediaBox)


@told("where it is")
def a_figure_is_measured_from_above(pdf: Pdf) -> None:
    left, bottom, right, top = map(float, element(pdf, "Figure").A.BBox)
    height = float(pdf.pages[0].MediaBox[3])
    element(pdf, "Figure").A.BBox = Array([left, height - top, right, height - bottom])
