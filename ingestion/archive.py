"""The archive: delivered bytes under the SHA-256 of what was delivered, those of protected feeds encrypted.

An encrypted file is `MAGIC`, the id of its key, AES-256-GCM of the plain bytes, and the tag. Each file has a
key of its own, derived from the home's masking key and the SHA-256 of its bytes: so the fixed nonce is used
once, equal deliveries give equal files, and there is no second secret to back up or lose.

A plain file bears its own SHA-256 as its name, an encrypted one never does: that tells them apart, and not
its beginning, which a sender may have made up.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from warehouse.errors import MinewatchError
from warehouse.settings import Home

MAGIC = b"minewatch sealed 1\n"
KEY_ID_BYTES = 8
TAG_BYTES = 16
NONCE = bytes(12)
CHUNK = 1 << 20


class ArchiveError(MinewatchError):
    """The archived bytes cannot be had; the message says why, the state of things and what to do."""


def hashed(path: Path) -> str:
    """The SHA-256 of the file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def draft(home: Home, copy: Path, sha256: str, is_protected: bool, scratch: Path) -> Path:
    """What goes into the archive: the copy of the delivery itself, or an encrypted one of it."""
    if not is_protected:
        return copy
    sealed = scratch / f"{sha256}.sealed"
    seal(home.masking_key(), copy, sha256, sealed)
    return sealed


def plain_bytes(home: Home, sha256: str, scratch: Path) -> Path:
    """A file with the bytes as delivered: the archived one, or a decrypted copy in `scratch`.

    Raises ArchiveError.
    """
    archived = home.archive / sha256
    kept = "保留原来的记录。"
    mend = "请从备份恢复后再重读。"
    if not archived.exists():
        raise ArchiveError(f"归档的文件缺失，{kept}{mend}")
    if hashed(archived) == sha256:
        return archived
    with archived.open("rb") as file:
        start = file.read(len(MAGIC) + KEY_ID_BYTES)
    if not start.startswith(MAGIC):
        raise ArchiveError(f"归档的文件已损坏，{kept}{mend}")
    if start[len(MAGIC) :] != key_id(home.masking_key()):
        raise ArchiveError(
            f"归档的文件是用另一把密钥加密的，无法解密，{kept}请恢复当时的 masking.key 后再重读。"
        )
    target = scratch / "unsealed"
    if not unseal(home.masking_key(), archived, sha256, target):
        target.unlink(missing_ok=True)
        raise ArchiveError(f"归档的加密文件已损坏，无法解密，{kept}{mend}")
    return target


def derived(key: bytes, purpose: bytes, length: int) -> bytes:
    """Bytes for that purpose alone: none of them tells the key or those for another purpose."""
    return HKDF(hashes.SHA256(), length, salt=None, info=b"minewatch " + purpose).derive(key)


def key_id(key: bytes) -> bytes:
    """Tells one key from another without telling the key."""
    return derived(key, b"archive key id", KEY_ID_BYTES)


def cipher(key: bytes, sha256: str, tag: bytes | None = None) -> Cipher[modes.GCM]:
    """The cipher of the one file whose plain bytes have that SHA-256."""
    of_file = derived(key, b"archive " + bytes.fromhex(sha256), 32)
    return Cipher(algorithms.AES(of_file), modes.GCM(NONCE, tag))


def seal(key: bytes, source: Path, sha256: str, target: Path) -> None:
    """Encrypt the file; OSError if its bytes are not those of that SHA-256 (a failing disk)."""
    head = MAGIC + key_id(key)
    encryptor = cipher(key, sha256).encryptor()
    encryptor.authenticate_additional_data(head)
    digest = hashlib.sha256()
    with source.open("rb") as plain, target.open("wb") as sealed:
        sealed.write(head)
        while chunk := plain.read(CHUNK):
            digest.update(chunk)
            sealed.write(encryptor.update(chunk))
        sealed.write(encryptor.finalize() + encryptor.tag)
    # The key belongs to these bytes alone; others under it would give both away.
    if digest.hexdigest() != sha256:
        target.unlink()
        raise OSError(f"the copy of delivery {sha256} changed on disk while it was archived")


def unseal(key: bytes, source: Path, sha256: str, target: Path) -> bool:
    """Decrypt the file; false if a bit of it is wrong or missing: then `target` must not be used."""
    head = MAGIC + key_id(key)
    rest = source.stat().st_size - len(head) - TAG_BYTES
    if rest < 0:
        return False
    with source.open("rb") as sealed, target.open("wb") as plain:
        sealed.seek(-TAG_BYTES, 2)
        decryptor = cipher(key, sha256, sealed.read()).decryptor()
        decryptor.authenticate_additional_data(head)
        sealed.seek(len(head))
        while rest:
            chunk = sealed.read(min(CHUNK, rest))
            rest -= len(chunk)
            plain.write(decryptor.update(chunk))
        try:
            plain.write(decryptor.finalize())
        except InvalidTag:
            return False
    return hashed(target) == sha256
