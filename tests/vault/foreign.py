"""Containers as other clients write them, straight from the OpenTDF specification with nothing of ours."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import zipfile
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY = bytes(range(32))


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def mac(key: bytes, data: bytes) -> bytes:
    return hmac.new(key, data, hashlib.sha256).digest()


def wrapped(pem: str, share: bytes) -> str:
    key = serialization.load_pem_public_key(pem.encode())
    assert isinstance(key, rsa.RSAPublicKey)
    oaep = padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None)  # noqa: S303 - the format
    return b64(key.encrypt(share, oaep))


def write(
    path: Path, pieces: list[bytes], pem: str, *, algorithm: str = "GMAC", form: str = "raw"
) -> dict[str, Any]:
    """Write a container of these segments, its digests `raw` or as `hex`; return its manifest."""

    def shown(digest: bytes) -> bytes:
        return digest if form == "raw" else digest.hex().encode()

    payload, segments = b"", []
    for piece in pieces:
        iv = secrets.token_bytes(12)
        sealed = iv + AESGCM(KEY).encrypt(iv, piece, None)
        digest = sealed[-16:] if algorithm == "GMAC" else mac(KEY, sealed)
        full = len(piece) == len(pieces[0])
        sizes = {} if full else {"segmentSize": len(piece), "encryptedSegmentSize": len(sealed)}
        segments.append({"hash": b64(shown(digest)), **sizes})
        payload += sealed
    policy = b64(json.dumps({"uuid": "u", "body": {"dataAttributes": None, "dissem": None}}).encode())
    root = mac(KEY, b"".join(base64.b64decode(str(one["hash"])) for one in segments))
    size = len(pieces[0]) if pieces else 1 << 20
    manifest = {
        "payload": {"type": "reference", "url": "0.payload", "protocol": "zip", "isEncrypted": True},
        "encryptionInformation": {
            "type": "split",
            "keyAccess": [
                {
                    "type": "wrapped",
                    "url": "https://kas.example/",
                    "protocol": "kas",
                    "wrappedKey": wrapped(pem, KEY),
                    "policyBinding": b64(shown(mac(KEY, policy.encode()))),
                    "encryptedMetadata": "unknown here",
                }
            ],
            "method": {"algorithm": "AES-256-GCM", "isStreamable": True, "iv": ""},
            "integrityInformation": {
                "rootSignature": {"alg": "HS256", "sig": b64(shown(root))},
                "segmentHashAlg": algorithm,
                "segments": segments,
                "segmentSizeDefault": size,
                "encryptedSegmentSizeDefault": size + 28,
            },
            "policy": policy,
        },
    }
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("0.payload", payload)
        archive.writestr("0.manifest.json", json.dumps(manifest))
    return manifest
