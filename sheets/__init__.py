"""Contact sheets: bytes in, rows and an account of each of them out; and sheets written.

    from sheets import loading, mapping
    from sheets.unreadable import Unreadable    # .code and .facts → templates/messages/sheet_<code>.txt

    wanted = mapping.parse_mapping("name = column C")           # or {}
    with loading.load(data, file_name, region="IN", mapping=wanted, hidden=False) as sheet:
        sheet.kind, sheet.hidden, sheet.passed_over             # "xlsx" …, names of sheets not taken
        sheet.tables                                            # tables.Table: sheet, shown, fields
        for row in sheet: ...                                   # rows.SheetRow; or by column: sheet.chunks()
            ...
        sheet.counts, sheet.read, sheet.repairs, sheet.suspicious       # complete once the rows are through

`load` raises Unreadable, at once or while the rows are walked; it returns when the tables are found. All
reading happens in a child process with limits (sandbox, limits, child). `SheetRow.values` are texts aligned
with `Table.fields`; `SheetRow.code` and `.repairs` have their sentences in templates/messages/row_<code>.txt.
Phones typed in chat or sent to the API may be read in place: `phones.parse_cell(text, region)`,
or `phones.of_a_person` where service numbers will not do.
`writing.write_rejected` gives rejected rows back as an xlsx with an `errors` column.
"""
