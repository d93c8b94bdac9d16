"""The constructions of the vault: libsodium's and OpenSSL's primitives put together, pure and without Django."""
