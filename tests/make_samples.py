"""Samples of formats that no editor writes by hand: Word, PDF, Excel, Parquet. Each function returns a file's bytes."""

import io
import zipfile

import docx
import openpyxl
import pandas as pd
from pypdf import PdfReader, PdfWriter

BRIDGE = ("Old bridge shut to lorries", "By Ada Lopez", "18 October 2021",
          "The city closed the old bridge to lorries on Monday, after engineers found cracks in its pillars.",
          "“We have no choice,” said the mayor.")

NEXIS = """User Name: = A. Teacher
Date and Time: = Tuesday, November 2, 2021 9:15:00 AM GMT
Job Number: = 123456789
Documents (2)
1. Old bridge shut to lorries
2. Ferries fill up
Old bridge shut to lorries
The Town Crier
October 18, 2021 Monday, Late Edition
Copyright 2021 The Town Crier All Rights Reserved
Section: NEWS; Pg. 4
Length: 512 words
Byline: Ada Lopez
Highlight: Cracks in two pillars.
Body
The city closed the old bridge to lorries on Monday.
“We have no choice,” said the mayor.
Graphic
A crack, seen from the ferry.
Classification
Language: ENGLISH
Publication-Type: Newspaper
Load-Date: October 19, 2021
End of Document
Ferries fill up
Harbour Gazette
October 2021
Length: 7 words
Body
Lorries waited for four hours on Tuesday.
Load-Date: October 20, 2021
End of Document"""


def word(paragraphs=BRIDGE, *, title_style=False) -> bytes:
    document = docx.Document()
    for number, text in enumerate(paragraphs):
        document.add_paragraph(text, style="Title" if title_style and number == 0 else None)
    return saved(document.save)


def pdf(pages: list[list[str]], password: str | None = None) -> bytes:
    """Write a PDF of pages of lines, at its plainest; a page without lines is as a scan is."""
    count = len(pages)
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>",
               b"<< /Type /Pages /Kids [" + b" ".join(b"%d 0 R" % (4 + 2 * n)
                                                      for n in range(count)) + b"] /Count %d >>" % count,
               b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    for number, lines in enumerate(pages):
        shown = b" T* ".join(b"(" + line.encode("cp1252").replace(b"(", b"\\(").replace(b")", b"\\)") + b") Tj"
                             for line in lines)
        stream = b"BT /F1 11 Tf 14 TL 50 780 Td " + shown + b" ET" if lines else b""
        objects += [b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>"
                    % (5 + 2 * number), b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream"]
    data, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
    data += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1,
                                                                                data.rindex(b"xref\n0"))
    if password is None:
        return data
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(password, algorithm="RC4-128")
    return saved(writer.write)


def word_with(body: str, parts: dict[str, str] | None = None) -> bytes:
    """Write a Word document whose body is XML as Word writes it, with further parts: footnotes, header."""
    names = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
    main, relations = io.BytesIO(word(["Old bridge shut"])), ""
    members = {}
    for part, content in (parts or {}).items():
        relations += ("<Relationship Id='r-%s' Target='%s.xml' Type='http://schemas.openxmlformats.org/officeDocument/2006/"
                      "relationships/%s'/>" % (part, part, part))
        members[f"word/{part}.xml"] = f"<w:{part} {names}>{content}</w:{part}>".encode()
    with zipfile.ZipFile(main) as package:
        members |= {name: package.read(name) for name in package.namelist()}
    members["word/document.xml"] = members["word/document.xml"].replace(b"<w:sectPr", body.encode() + b"<w:sectPr", 1)
    rels = "word/_rels/document.xml.rels"
    members[rels] = members[rels].replace(b"</Relationships>", relations.encode() + b"</Relationships>")
    return packed(members)


def packed(members: dict[str, bytes]) -> bytes:
    def save(file):
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in members.items():
                package.writestr(name, content)
    return saved(save)


def excel(rows: list[list], **sheets: list[list]) -> bytes:
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    for title, more in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in more:
            sheet.append(row)
    return saved(workbook.save)


def parquet(rows: list[dict]) -> bytes:
    return saved(pd.DataFrame(rows).to_parquet)


def saved(save) -> bytes:
    file = io.BytesIO()
    save(file)
    return file.getvalue()
