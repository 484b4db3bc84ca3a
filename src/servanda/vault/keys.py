"""Keys of a key access service, and of a session that asks it.

RSA of 3072 bits: 128 bits of strength (NIST SP 800-57), which a document protected for decades deserves, and
every OpenTDF client reads `wrapped` RSA keys. Wrapping is RSA-OAEP (RFC 8017) with SHA-1, as those clients
do; OAEP does not rest on the collision resistance of its hash.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from servanda.errors import KeyAccessError

BITS = 3072
LEAST_BITS = 2048
MOST_BITS = 8192
_MOST_PEM = 16 << 10
_OAEP = padding.OAEP(
    mgf=padding.MGF1(hashes.SHA1()),  # noqa: S303 - see the module docstring
    algorithm=hashes.SHA1(),  # noqa: S303 - see the module docstring
    label=None,
)


@dataclass(frozen=True, slots=True)
class KasPublicKey:
    """Where a key access service is, the id of its key, and the public key as PEM."""

    url: str
    kid: str
    pem: str

    def wrap(self, share: bytes) -> bytes:
        """Encrypt a key share so that only this service can read it."""
        return wrap(self.pem, share)


def wrap(pem: str, share: bytes) -> bytes:
    """Encrypt a key share for a public key in PEM.

    Raises:
        KeyAccessError: not an RSA public key of 2048 to 8192 bits.
    """
    return load_public(pem).encrypt(share, _OAEP)


def load_public(pem: str) -> rsa.RSAPublicKey:
    """Read a public key in PEM (SubjectPublicKeyInfo), of a size that neither betrays nor tires us.

    Raises:
        KeyAccessError: not an RSA public key of 2048 to 8192 bits.
    """
    try:
        key = serialization.load_pem_public_key(pem[:_MOST_PEM].encode())
    except (ValueError, UnsupportedAlgorithm) as wrong:
        raise KeyAccessError("not a public key in PEM") from wrong
    if not isinstance(key, rsa.RSAPublicKey) or not LEAST_BITS <= key.key_size <= MOST_BITS:
        raise KeyAccessError(f"not an RSA public key of {LEAST_BITS} to {MOST_BITS} bits")
    return key


class PrivateKey:
    """An RSA private key that never shows itself."""

    __slots__ = ("_key",)

    def __init__(self, key: rsa.RSAPrivateKey) -> None:
        self._key = key

    def __repr__(self) -> str:
        return "PrivateKey(...)"

    @classmethod
    def generate(cls) -> PrivateKey:
        """Make a new key."""
        return cls(rsa.generate_private_key(public_exponent=65537, key_size=BITS))

    @classmethod
    def load(cls, path: Path) -> PrivateKey:
        """Read a key from its file (PKCS#8 in PEM).

        Raises:
            KeyAccessError: no such file, or not an RSA key of 2048 to 8192 bits.
        """
        try:
            key = serialization.load_pem_private_key(path.read_bytes(), password=None)
        except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as wrong:
            raise KeyAccessError(f"the key `{path.name}` cannot be read") from wrong
        if not isinstance(key, rsa.RSAPrivateKey) or not LEAST_BITS <= key.key_size <= MOST_BITS:
            raise KeyAccessError(f"the key `{path.name}` is not RSA of {LEAST_BITS} to {MOST_BITS} bits")
        return cls(key)

    def save(self, path: Path) -> None:
        """Write the key to a new file that only its owner reads (mode 0600), durably.

        Order of durable steps: the file is made, which must not be there; written; flushed; its folder is
        flushed. A crash before the end leaves a file that `load` refuses.

        Raises:
            KeyAccessError: the file exists already, or cannot be written; then it is not left half-written.
        """
        data = self._key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                _flush_folder(path.parent)
            except BaseException:
                path.unlink(missing_ok=True)
                raise
        except OSError as wrong:
            raise KeyAccessError(f"the key `{path.name}` cannot be written: {wrong}") from wrong

    @property
    def public_pem(self) -> str:
        """The public key as PEM."""
        return (
            self._key.public_key()
            .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
            .decode()
        )

    def unwrap(self, wrapped: bytes) -> bytes:
        """Decrypt a key share.

        Raises:
            KeyAccessError: it was not wrapped for this key; nothing more is told.
        """
        try:
            return self._key.decrypt(wrapped, _OAEP)
        except ValueError as wrong:
            raise KeyAccessError("the key share was not wrapped for this key") from wrong


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
