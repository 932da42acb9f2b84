"""Video events: JSON lines by DuckDB, everything else document by document.

The kind of file is told by its content, whatever its name.
"""

from __future__ import annotations

import codecs
from itertools import islice
from pathlib import Path

from ingestion.declare import Feed, Refused
from ingestion.masking import Masker
from ingestion.raw_files import Origin
from ingestion.readers.bulk import (
    CHUNK,
    GZIP,
    UTF16,
    WORKBOOKS,
    BulkReading,
    RawDraft,
    inflated,
    physical_lines,
    workspace,
)
from ingestion.readers.event_documents import EventDocuments
from ingestion.readers.event_lines import MAX_LINE_BYTES, EventLines, NotLines

LOOKED_AT_LINES = 20
# The encodings of version 2 are quicker to write and to read, and two fifths smaller; a dictionary of event
# numbers and pictures is given up early.
PARQUET = "parquet_version v2, compression zstd, dictionary_size_limit 10000"


def read_events(
    source: Path, feed: Feed, origin: Origin, masker: Masker, draft: Path, scratch: Path
) -> BulkReading:
    """Read the file into a Parquet draft with exactly the columns of `raw_schema(feed)`.

    `scratch` is a directory for what must be unpacked or does not fit into memory. Raises Refused.
    """
    with source.open("rb") as file:
        magic = file.read(4)
    if magic.startswith(GZIP):
        source = inflated(source, scratch / "inflated", "日期")
        with source.open("rb") as file:
            magic = file.read(4)
    if magic.startswith(WORKBOOKS) or magic == b"PAR1":
        raise Refused(
            "这是表格软件的工作簿、压缩包或 Parquet 文件，不是视频事件的报文。",
            "请从视频平台导出 JSON 或 XML 后再装载。",
        )
    if magic.startswith(UTF16):
        raise Refused("文件是 UTF-16 编码。", "请另存为 UTF-8 编码后再装载。")
    if not magic:
        raise Refused("文件是空的。", "请核对后重新导出，再装载一次。")
    if is_of_lines(source):
        try:
            with workspace(scratch) as connection:
                rows = RawDraft(connection, feed, origin, masker)
                rows.write(EventLines(rows, source, scratch).read(), draft, PARQUET)
                return rows.reading
        except NotLines:
            pass
    with workspace(scratch) as connection:
        rows = RawDraft(connection, feed, origin, masker)
        try:
            good = EventDocuments(rows, in_utf8(source, scratch), scratch).read()
        except NotLines as error:
            raise Refused(
                "文件里的 JSON 与别的内容混在一起，无法分开。", "请按种类拆成几个文件后再装载。"
            ) from error
        rows.write(good, draft, PARQUET)
        return rows.reading


def is_of_lines(source: Path) -> bool:
    """Whether at least half of the first lines look like one object each."""
    lines = physical_lines(source, b"\n", MAX_LINE_BYTES)
    texts = [line.strip(b"\0 \t\r\xef\xbb\xbf") for line in islice(lines, LOOKED_AT_LINES)]
    texts = [text for text in texts if text]
    objects = [text for text in texts if text.startswith(b"{") and text.endswith(b"}")]
    return len(objects) * 2 >= len(texts) > 0


def in_utf8(source: Path, scratch: Path) -> Path:
    """The file, or a copy in UTF-8 if it is JSON in GB18030.

    There the second byte of a character may be a backslash, and the end of a text would be missed. XML
    has its encoding looked at document by document.
    """
    with source.open("rb") as file:
        is_json = file.read(CHUNK).lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"["))
    if not is_json or is_utf8(source):
        return source
    target = scratch / "utf8"
    decoder = codecs.getincrementaldecoder("gb18030")("replace")
    with source.open("rb") as file, target.open("w", encoding="utf-8", newline="") as copy:
        while chunk := file.read(CHUNK):
            copy.write(decoder.decode(chunk))
        copy.write(decoder.decode(b"", final=True))
    return target


def is_utf8(source: Path) -> bool:
    """Whether all of the file is UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with source.open("rb") as file:
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
