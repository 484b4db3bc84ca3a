"""A demonstration certificate authority, and certificates for nodes: TLS keeps others out.

A real federation pins the authorities that its parties have agreed on; this one is made on first run.
"""

from __future__ import annotations

import ipaddress
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from servanda.errors import NodeError
from servanda.exchange.identity import write_secret
from servanda.exchange.tls import party_host

VALID_DAYS = 3650
PARTY_URN = "urn:servanda:party:"


def make_authority(folder: Path, at: datetime, valid_days: int = VALID_DAYS) -> None:
    """Write a new authority, `ca.key` and `ca.pem`, valid from a day before `at`."""
    folder.mkdir(parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Servanda demonstration authority")])
    certificate = (
        _builder(name, name, key.public_key(), at, valid_days)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    _write(folder / "ca.key", folder / "ca.pem", key, certificate)


def make_certificate(
    authority: Path, folder: Path, party: str, at: datetime, valid_days: int = VALID_DAYS
) -> None:
    """Write `tls.key` and `tls.pem` for a party's node on this machine, signed by the authority.

    Raises:
        NodeError: the authority cannot be read, or the party's name cannot stand in a certificate.
    """
    host = party_host(party)
    try:
        signer = serialization.load_pem_private_key((authority / "ca.key").read_bytes(), None)
        issuer = x509.load_pem_x509_certificate((authority / "ca.pem").read_bytes())
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as wrong:
        raise NodeError(f"the authority in `{authority}` cannot be read") from wrong
    if not isinstance(signer, ec.EllipticCurvePrivateKey):
        raise NodeError(f"the authority in `{authority}` has no key on an elliptic curve")
    folder.mkdir(parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    try:
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, party)])
    except ValueError as wrong:
        raise NodeError(f"`{party[:80]}` cannot stand in a certificate") from wrong
    names = [
        x509.DNSName(host),
        x509.DNSName("localhost"),
        x509.IPAddress(ipaddress.ip_address("127.0.0.1")),
        x509.UniformResourceIdentifier(PARTY_URN + quote(party, safe="")),
    ]
    certificate = (
        _builder(name, issuer.subject, key.public_key(), at, valid_days)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]),
            critical=False,
        )
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
        .sign(signer, hashes.SHA256())
    )
    _write(folder / "tls.key", folder / "tls.pem", key, certificate)


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    at: datetime,
    valid_days: int,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=valid_days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )


def _write(
    key_file: Path, file: Path, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate
) -> None:
    data = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    write_secret(key_file, data)
    write_secret(file, certificate.public_bytes(serialization.Encoding.PEM))
