"""Roles by what the county's provider says of somebody: `[[role]]` of `access/oidc.toml`; no Streamlit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboards.access import NARROW, ROLES

NEEDED = ("claim", "value", "role")


@dataclass(frozen=True)
class Grant:
    """Whoever has this value in that claim has this role, and these units as they were written."""

    claim: str
    value: str
    role: str
    units: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """What it looks for, in words."""
        return f"{self.claim} = {self.value}"


def read(blocks: Any) -> tuple[Grant, ...]:
    """The blocks as they stand in the file; ValueError says which of them is wrong."""
    if not isinstance(blocks, list):
        raise ValueError("角色要写成 [[role]]，两层方括号")
    grants: dict[str, Grant] = {}
    for number, block in enumerate(blocks, start=1):
        try:
            grant = one(block)
        except ValueError as error:
            raise ValueError(f"第 {number} 个 [[role]]：{error}") from error
        # Units of one value stand in one block; two roles of one value would shut out whoever has it.
        if grant.source in grants:
            raise ValueError(f"第 {number} 个 [[role]]：{grant.source} 前面已有")
        grants[grant.source] = grant
    return tuple(grants.values())


def one(block: Any) -> Grant:
    """One block; ValueError if it may not be like this."""
    if not isinstance(block, dict):
        raise ValueError("要写成 [[role]]，两层方括号")
    for key in block:
        if key not in (*NEEDED, "units"):
            raise ValueError(f"不认识 {key}")
    for key in NEEDED:
        if not isinstance(block.get(key), str) or not block[key]:
            raise ValueError(f"{key} 要写成带引号的文字")
    units = block.get("units", [])
    if not isinstance(units, list) or not all(isinstance(unit, str) and unit for unit in units):
        raise ValueError('units 要写成 ["名称或代码", …]')
    if block["role"] not in ROLES:
        raise ValueError(f"没有角色 {block['role']}，可用：{'、'.join(ROLES)}")
    if block["role"] in NARROW and not units:
        raise ValueError(f"角色 {block['role']} 只看本单位的数据，必须写明 units")
    if block["role"] not in NARROW and units:
        raise ValueError(f"角色 {block['role']} 不按单位限制，请去掉 units")
    return Grant(block["claim"], block["value"], block["role"], tuple(units))


def values(told: Mapping[str, Any], claim: str) -> list[str]:
    """What the provider says under that name: a text, or the texts of a list; nothing else counts.

    A name with dots is looked for as it is (some providers name claims by an address), then step by step
    (Keycloak's `realm_access.roles`). A text is not taken apart: 办公室 would match what contains it.
    """
    found: Any = told.get(claim)
    if claim not in told:
        found = told
        for step in claim.split("."):
            found = found.get(step) if isinstance(found, Mapping) else None
    return [one for one in (found if isinstance(found, list) else [found]) if isinstance(one, str)]


def matching(grants: Iterable[Grant], told: Mapping[str, Any]) -> list[Grant]:
    """What somebody of whom the provider says this is given."""
    return [grant for grant in grants if grant.value in values(told, grant.claim)]
