"""The same content in the same bytes: no clock, no random number in what is written.

Office files are zip archives whose entries carry the time of writing and whose `docProps` name it again;
a PDF carries it in its information and a random identifier in its trailer.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from datetime import datetime

# The first moment that a zip archive can name.
EPOCH = (1980, 1, 1, 0, 0, 0)
W3C = rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)"


def same_zip(content: bytes, moment: datetime) -> bytes:
    """An office file with its entries in order and without times but that moment."""
    stamp = f"{moment:%Y-%m-%dT%H:%M:%SZ}".encode()
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target,
    ):
        # [Content_Types].xml first: some readers look nowhere else.
        for name in sorted(
            source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)
        ):
            data = source.read(name)
            if name == "docProps/core.xml":
                data = re.sub(W3C, lambda found: found[1] + stamp + found[3], data)
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, data)
    return made.getvalue()


def same_pdf(content: bytes, moment: datetime, title: str) -> bytes:
    """A PDF with that title and moment, and an identifier made from its own content."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import ArrayObject, ByteStringObject

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    stamp = f"D:{moment:%Y%m%d%H%M%S}+08'00'"
    writer.metadata = {
        "/Title": title,
        "/Producer": "minewatch",
        "/CreationDate": stamp,
        "/ModDate": stamp,
    }
    writer.root_object.pop("/Metadata", None)
    first = io.BytesIO()
    writer._ID = None
    writer.write(first)
    number = ByteStringObject(hashlib.sha256(first.getvalue()).digest()[:16])
    writer._ID = ArrayObject([number, number])
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def sha256(content: bytes) -> str:
    """The fingerprint of a file."""
    return hashlib.sha256(content).hexdigest()
