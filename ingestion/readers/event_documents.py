"""Events as documents, one after another in one file: XML of GB/T 28181 and ISAPI, JSON objects.

What stands between documents is the way they came: XML declarations, SIP and multipart headers, boundaries,
pictures, the brackets and commas of an array. Each document is found in the bytes, so that one that is broken
off costs itself only, and parsed on its own: XML with a parser that knows no entities and reads nothing but
what it is given, JSON by way of `event_lines`. A row's number is the place of its document in the file.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from ingestion.declare import Note, Refused, Row
from ingestion.readers.bulk import ORIGINAL_CHARACTERS, WHOLE_LINE, RawDraft, decoded
from ingestion.readers.event_fields import BLANKS, MAX_FIELDS, Name, event_row
from ingestion.readers.event_lines import EventLines, text_of

MAX_DOCUMENT_BYTES = 4 << 20
MAX_JSON_DEPTH = 32
GAP_BYTES = 1 << 16

# Where a document, or something that is none, begins.
START = re.compile(
    rb"<!--|<\?|<!(?:DOCTYPE|ENTITY)|"
    rb"<((?:[\w.-]+:)?(?:Notify|EventNotificationAlert|Response|Query|Control))(?=[\s/>])|"
    rb'\{(?=\s*["}])',
    re.IGNORECASE,
)
JSON_TOKEN = re.compile(rb'"(?:[^"\\\r\n]++|\\.)*+"|[{}"]', re.DOTALL)
NEXT_DOCUMENT = re.compile(rb"[\r\n]\s*(?=\{|<[?A-Za-z])")
# Lines of what carried the documents.
CARRIER = re.compile(
    rb"^[ \t]*(?:--[^\r\n]*|[A-Za-z][A-Za-z0-9-]*[ \t]*:[^\r\n]*"
    rb"|(?:MESSAGE|NOTIFY|SUBSCRIBE|POST|PUT|SIP/2\.0|HTTP/1\.[01])\b[^\r\n]*)\r?$",
    re.MULTILINE,
)
TAGS = re.compile(rb"</?[A-Za-z_][^<>]{0,1000}>")
PICTURE = re.compile(rb"Content-Type:[ \t]*(?:image|video|audio)/", re.IGNORECASE)
NOTHING = b"\0 \t\r\n[],;\xef\xbb\xbf"
BARE_AMPERSAND = re.compile(r"&(?!#?\w{1,10};)")
# Notifications of GB/T 28181 that are no events.
OTHER_NOTIFICATIONS = {
    "keepalive": "keepalive",
    "catalog": "catalog",
    "mediastatus": "media_status",
    "mobileposition": "mobile_position",
}


@dataclass(frozen=True)
class Document:
    """One document in the file: `xml`, `json`, `picture`, or `broken` with the reason."""

    kind: str
    content: bytes
    reason: str = ""


class EventDocuments:
    """One file of documents on its way into the raw draft."""

    def __init__(self, draft: RawDraft, path: Path, scratch: Path):
        self.draft, self.feed = draft, draft.feed
        self.path, self.scratch = path, scratch
        self.objects = 0

    def read(self) -> str | None:
        """Add everything but JSON objects to the draft; return SQL for the good rows among these."""
        lines = self.scratch / "documents.jsonl"
        found = 0
        with lines.open("wb") as copy:

            def rows() -> Iterator[Row]:
                nonlocal found
                for number, document in enumerate(documents(self.path), start=1):
                    found += document.kind in ("xml", "json")
                    line = b""
                    if document.kind == "json":
                        self.objects += 1
                        line = document.content.replace(b"\r", b" ").replace(b"\n", b" ")
                    elif document.kind == "picture":
                        self.draft.reading.skipped["picture"] += 1
                    elif isinstance(row := self.row(number, document), str):
                        self.draft.reading.skipped[row] += 1
                    else:
                        yield row
                    # A line for every document, so that numbers stay.
                    copy.write(line + b"\n")

            self.draft.add(rows())
        if not found and (self.draft.reading.rejected or not is_list(self.path)):
            raise Refused(
                "文件里没有视频事件（JSON、GB/T 28181 或 ISAPI 报文）。",
                "请从视频平台重新导出后再装载。",
            )
        if not self.objects:
            return None
        is_alone = self.objects == found
        return EventLines(self.draft, lines, self.scratch, lenient=not is_alone).read()

    def row(self, number: int, document: Document) -> Row | str:
        """The row of one document, or why it is skipped."""
        text = text_in(document.content)
        if document.kind == "broken" or text is None:
            shown = text or document.content[:ORIGINAL_CHARACTERS].decode("utf-8", "replace")
            return self.unread(number, shown, document.reason or "编码无法识别")
        root, problem = tree(text)
        if root is None:
            return self.unread(number, text, problem)
        fields = leaves(root)
        if len(fields) > MAX_FIELDS:
            return self.unread(number, text, f"字段超过 {MAX_FIELDS} 个")
        kind = local_name(root)
        if kind == "eventnotificationalert":
            return event_row(self.feed, fields, number, self.draft.masker, "isapi")
        if kind != "notify":
            return "other_message"
        return self.notification(number, fields, text)

    def notification(self, number: int, fields: dict[Name, str], text: str) -> Row | str:
        """One `<Notify>` of GB/T 28181."""
        by_name = {name.key.casefold(): name for name in fields}
        command = fields.pop(by_name.get("cmdtype", Name("")), None)
        if command is None:
            return self.unread(number, text, "没有 CmdType，不知是何种通知")
        if command.casefold() != "alarm":
            return OTHER_NOTIFICATIONS.get(command.casefold(), "other_notification")
        method, inner, outer = (
            "" if text in BLANKS else text
            for path in ("alarmmethod", "info.alarmtype", "alarmtype")
            for text in [fields.pop(by_name.get(path, Name("")), "")]
        )
        if inner and outer and inner != outer:
            fields[Name("AlarmType")] = outer
        kind = inner or outer
        if method or kind:
            fields[Name("event_type_code")] = f"{method}.{kind}" if kind else method
        return event_row(self.feed, fields, number, self.draft.masker, "gb28181")

    def unread(self, number: int, text: str, reason: str) -> Row:
        """A document that is no event, with the reason."""
        whole = self.draft.masker.mask_text(text[:ORIGINAL_CHARACTERS].replace("\0", ""))
        return Row(
            {}, number, reject_reasons=[Note(None, None, reason)], original={WHOLE_LINE: whole}
        )


# --- finding documents ------------------------------------------------------------------------------


def documents(path: Path) -> Iterator[Document]:
    """Every document of the file in its order, and every stretch between them that is not understood.

    Refused if the file declares a document type or an entity: no device does, attacks do.
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        position = gap = 0
        while found := START.search(content, position):
            start = found.start()
            mark = found[0][:2]
            if mark == b"<!" and found[0] != b"<!--":
                raise Refused(
                    "文件含有文档类型或实体声明（DOCTYPE、ENTITY），可能是攻击。",
                    "请向发送单位核实，去掉声明后再装载。",
                )
            if mark in (b"<!", b"<?"):
                yield from between(content[gap : min(start, gap + GAP_BYTES)])
                ending = b"-->" if mark == b"<!" else b"?>"
                end = content.find(ending, start)
                position = gap = end + len(ending) if end >= 0 else start + len(found[0])
                continue
            yield from between(content[gap : min(start, gap + GAP_BYTES)])
            finding = end_of_json if mark[:1] == b"{" else end_of_xml
            position, document = finding(content, found)
            gap = position
            yield document
        yield from between(content[gap : gap + GAP_BYTES])


def is_list(path: Path) -> bool:
    """Whether the file is a JSON array, perhaps of nothing."""
    with path.open("rb") as file:
        return file.read(GAP_BYTES).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[")


def end_of_xml(content: mmap.mmap, found: re.Match[bytes]) -> tuple[int, Document]:
    """Where the element that begins there ends, and the document."""
    start, name = found.start(), re.escape(found[1])
    opened = content.find(b">", start, start + MAX_DOCUMENT_BYTES)
    if opened >= 0 and content[opened - 1 : opened] == b"/":
        return opened + 1, Document("xml", content[start : opened + 1])
    # The same element again, or a declaration, before it has ended: it was broken off.
    ending = re.compile(rb"(</" + name + rb"\s*>)|<\?xml|<" + name + rb"(?=[\s/>])", re.IGNORECASE)
    end = ending.search(content, found.end())
    stop = len(content) if end is None else end.end() if end[1] else end.start()
    if stop - start > MAX_DOCUMENT_BYTES:
        shown = content[start : start + ORIGINAL_CHARACTERS]
        return stop, Document("broken", shown, "报文过长")
    if end is None or not end[1]:
        return stop, Document("broken", content[start:stop], "报文在中途中断")
    return stop, Document("xml", content[start:stop])


def end_of_json(content: mmap.mmap, found: re.Match[bytes]) -> tuple[int, Document]:
    """Where the object that begins there ends, and the document."""
    start, depth = found.start(), 0
    for token in JSON_TOKEN.finditer(content, start, start + MAX_DOCUMENT_BYTES):
        mark = token[0]
        if mark == b"{":
            depth += 1
        elif mark == b"}":
            depth -= 1
            if not depth:
                return token.end(), Document("json", content[start : token.end()])
        if mark == b'"' or depth > MAX_JSON_DEPTH:
            # A text without end, or no event: go on with the next line that begins an object.
            break
    following = NEXT_DOCUMENT.search(content, start + 1)
    stop = following.end() if following else len(content)
    shown = content[start : min(stop, start + ORIGINAL_CHARACTERS)]
    return stop, Document("broken", shown, "报文在中途中断")


def between(gap: bytes) -> Iterator[Document]:
    """What stands between two documents, if it is more than how they were carried."""
    if not gap.strip(NOTHING):
        return
    pictures = len(PICTURE.findall(gap))
    if pictures:
        yield from [Document("picture", b"")] * pictures
        return
    left = TAGS.sub(b"", CARRIER.sub(b"", gap))
    if left.strip(NOTHING):
        yield Document(
            "broken", gap.strip(NOTHING)[:ORIGINAL_CHARACTERS], "报文之间有无法识别的内容"
        )


# --- reading XML ------------------------------------------------------------------------------------


def text_in(content: bytes) -> str | None:
    """The bytes as text, whatever they say of their encoding.

    Chinese in GB18030 now and then is valid UTF-8 too, but of Latin, Greek or Cyrillic letters.
    """
    text = text_of(content)
    if text is not None and not text.isascii() and max(text) < "\u0800":
        return decoded(content, "gb18030") or text
    return text


def tree(text: str) -> tuple[etree._Element | None, str]:
    """The parsed document, or why it is none. A bare `&` (in an address) is taken as it is meant."""
    problem = ""
    for candidate in dict.fromkeys((text, BARE_AMPERSAND.sub("&amp;", text))):
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            return etree.fromstring(candidate, parser), ""
        except (etree.XMLSyntaxError, ValueError):
            problem = "不是完整的 XML 报文"
    return None, problem


def local_name(element: etree._Element) -> str:
    """An element's name without its namespace and case."""
    return etree.QName(element).localname.casefold()


def leaves(root: etree._Element) -> dict[Name, str]:
    """Path → text of every element without children; texts of the same path are joined."""
    found: dict[Name, str] = {}
    waiting = [(root, "")]
    while waiting:
        element, path = waiting.pop()
        for child in reversed(element):
            waiting.append((child, f"{path}.{etree.QName(child).localname}".strip(".")))
        text = (element.text or "").strip()
        if not len(element) and text:
            name = Name(path)
            found[name] = f"{found[name]};{text}" if name in found else text
    return found
