"""A security key in software: one P-256 credential, for tests of the server's half of WebAuthn."""

import hashlib
import json
import os
import struct
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode


class Authenticator:
    def __init__(self, origin: str = "https://testserver", host: str = "testserver") -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(16)
        self.counter = 0
        self.origin, self.host = origin, host

    def _client_data(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _data(self, attested: bytes = b"") -> bytes:
        self.counter += 1
        flags = 0x41 if attested else 0x01  # user present; attested credential data included
        return hashlib.sha256(self.host.encode()).digest() + struct.pack(">BI", flags, self.counter) + attested

    def _answer(self, **response: bytes) -> str:
        answer: dict[str, Any] = {
            "id": websafe_encode(self.id),
            "rawId": websafe_encode(self.id),
            "type": "public-key",
            "response": {name: websafe_encode(value) for name, value in response.items()},
            "clientExtensionResults": {},
        }
        return json.dumps(answer)

    def make(self, options: str) -> str:
        """The answer to a page's question for a new credential."""
        challenge = json.loads(options)["publicKey"]["challenge"]
        public = cbor.encode(ES256.from_cryptography_key(self.key.public_key()))
        data = self._data(bytes(16) + struct.pack(">H", len(self.id)) + self.id + public)
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client_data("webauthn.create", challenge)
        return self._answer(clientDataJSON=client, attestationObject=attestation)

    def answer(self, options: str) -> str:
        """The answer to a page's question for a proof."""
        client = self._client_data("webauthn.get", json.loads(options)["publicKey"]["challenge"])
        data = self._data()
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signature)
