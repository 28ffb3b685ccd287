"""Stands in for django-allauth's module about passkeys, until somebody needs it.

That module imports fido2 and cryptography, which take memory in every process and which no reader needs. The first use
of a name of it imports it: as a rule when somebody signs in with a second factor. `importlib.util.LazyLoader` would do,
if two threads could meet in it; in Python 3.11, one is given what the other has half imported.
"""

from __future__ import annotations

import sys
from importlib import import_module
from threading import Lock
from types import ModuleType
from typing import Any

MODULE = "allauth.mfa.webauthn.internal.auth"

_importing = Lock()


def __getattr__(name: str) -> Any:
    """Return what django-allauth's module has by the name. (What begins with __ Python asks every module for.)"""
    if name.startswith("__"):
        raise AttributeError(name)
    return getattr(_module(), name)


def _module() -> ModuleType:
    with _importing:
        if sys.modules.get(MODULE) is sys.modules[__name__]:
            del sys.modules[MODULE]
        return import_module(MODULE)


sys.modules.setdefault(MODULE, sys.modules[__name__])
