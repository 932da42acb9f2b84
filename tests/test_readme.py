"""Both READMEs say the same commands, and these exist."""

import re

import pytest
from typer.main import get_command

from pipeline.cli import app
from warehouse.settings import ROOT

ENGLISH, CHINESE = (
    (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md")
)


def commands(text: str) -> list[str]:
    """What a reader would type: lines of code blocks without their comments, verbs of the table."""
    blocks = re.findall(r"^```\n(.*?)^```", text, re.S | re.M)
    typed = [line.split("#")[0].strip() for block in blocks[1:] for line in block.splitlines()]
    rows = [
        row.split("|")[1] for row in text.replace("\\|", "/").splitlines() if row.startswith("| `")
    ]
    return typed + sorted(code for row in rows for code in re.findall(r"`([a-z][^`]*)`", row))


def test_both_languages_tell_the_same_commands():
    assert len(commands(ENGLISH)) > 20
    assert commands(CHINESE) == commands(ENGLISH)


@pytest.mark.parametrize("text", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_every_verb_of_the_table_exists_and_none_is_untold(text):
    told = {
        code.split()[0] for code in commands(text) if not code.startswith((".venv", "cp", "make"))
    }
    known = set(get_command(app).commands)
    assert told <= known
    # Told in the block above the table, and in the manual of operations.
    assert known - told == {"serve", "retrieve"}


@pytest.mark.parametrize("text", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_every_link_leads_somewhere(text):
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert (ROOT / target).exists(), target


def test_make_knows_the_verbs():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for verb in set(re.findall(r"\bmake ([a-z]+)", ENGLISH + CHINESE)):
        assert re.search(rf"^{verb}:", makefile, re.M), verb
