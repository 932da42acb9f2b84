"""The PDF: LibreOffice converts a copy of the document in which fonts that this machine lacks have free stand-ins."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path

from reports import ReportError, official
from reports.reproducible import same_pdf

# What stands in for an official font, the closest first; the last are those that Debian's packages bring.
SONG = ("SimSun", "Source Han Serif SC", "Noto Serif CJK SC", "AR PL UMing CN")
STAND_INS = {
    official.BODY: ("FangSong", "FZFangSong-Z02S", "cwTeXFangSong", *SONG),
    official.SUBHEADING: ("KaiTi", "FZKai-Z03S", "AR PL UKai CN", *SONG),
    official.TITLE: ("FZXiaoBiaoSong-B05S", *SONG),
    official.HEADING: ("SimHei", "Source Han Sans SC", "Noto Sans CJK SC", "WenQuanYi Zen Hei"),
    "宋体": SONG,
}
HOW = (
    "生成 PDF 需要 LibreOffice 和中文字体。Debian：以 root 运行 make tools，或 "
    "apt-get install --no-install-recommends libreoffice-writer libreoffice-calc fonts-noto-cjk；"
    "也可用 WPS 打开 docx 另存为 PDF。"
)
SECONDS = 120


def office() -> str | None:
    """The program, or None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def families() -> set[str]:
    """Names of the fonts of this machine."""
    if shutil.which("fc-list") is None:
        return set()
    listed = subprocess.run(
        ["fc-list", ":", "family"], capture_output=True, text=True, check=True
    ).stdout
    return {name.strip() for line in listed.splitlines() for name in line.split(",")}


def stand_ins(installed: set[str]) -> dict[str, str]:
    """Per official font that is missing, the stand-in that is there; ReportError if none is."""
    chosen = {}
    for font, others in STAND_INS.items():
        if font in installed:
            continue
        found = next((other for other in others if other in installed), None)
        if found is None:
            raise ReportError(f"这台机器没有可替代“{font}”的中文字体，没有写 PDF。{HOW}")
        chosen[font] = found
    return chosen


def with_fonts(document: bytes, fonts: dict[str, str]) -> bytes:
    """The document with other names of fonts."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            if name.endswith(".xml"):
                text = data.decode("utf-8")
                for font, other in fonts.items():
                    text = text.replace(f'"{font}"', f'"{other}"')
                data = text.encode("utf-8")
            target.writestr(name, data)
    return made.getvalue()


def converted(content: bytes, extension: str, target: str) -> bytes:
    """What LibreOffice makes of a file; ReportError with its own words if it makes nothing."""
    program = office()
    if program is None:
        raise ReportError(f"没有找到 LibreOffice，没有写 PDF。{HOW}")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"report.{extension}"
        source.write_bytes(content)
        # A profile of its own: a second LibreOffice on one profile does nothing and says nothing.
        command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        command += ["--norestore", "--convert-to", target, "--outdir", folder, str(source)]
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                text=True,
                check=False,
                timeout=SECONDS,
                env=os.environ | {"HOME": folder},
            )
        except subprocess.TimeoutExpired as error:
            raise ReportError(
                f"LibreOffice {SECONDS} 秒内没有完成，没有写 PDF。请重试。"
            ) from error
        made = source.with_suffix(f".{target}")
        if not made.exists():
            raise ReportError(
                f"LibreOffice 没有写出 PDF：{done.stderr.strip() or done.stdout.strip()}"
            )
        return made.read_bytes()


def pdf_bytes(document: bytes, title: str, moment: datetime) -> bytes:
    """The document as a PDF, the same bytes for the same document and fonts."""
    fonts = stand_ins(families())
    return same_pdf(converted(with_fonts(document, fonts), "docx", "pdf"), moment, title)
