"""Certificates as an operator has them: a CA, a broker's identity in the form that Kafka reads, and a stranger's CA."""

from dataclasses import dataclass
from pathlib import Path

import trustme
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)


@dataclass(frozen=True, slots=True)
class Certificates:
    """PEM files. `identity` is for 127.0.0.1 and localhost, signed by `authority`; `other` signed for nobody."""

    identity: Path
    authority: Path
    other: Path


def certificates(folder: Path, *names: str) -> Certificates:
    """In the folder; for other names than the loopback's if some are given."""
    authority = trustme.CA()
    issued = authority.issue_cert(*(names or ("127.0.0.1", "localhost")))
    made = Certificates(*(folder / f"{stem}.pem" for stem in ("identity", "authority", "other")))
    key = load_pem_private_key(issued.private_key_pem.bytes(), None)
    whole = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    made.identity.write_bytes(whole + b"".join(one.bytes() for one in issued.cert_chain_pems))
    authority.cert_pem.write_to_path(made.authority)
    trustme.CA().cert_pem.write_to_path(made.other)
    return made
