"""Office files that people hand in (.docx, .xlsx): zip archives of XML, opened only if they cannot do harm."""

from __future__ import annotations

import io
import struct
import zlib
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl
from zipfile import BadZipFile, ZipFile

from defusedxml import DefusedXmlException, sax

SIGNATURE = b"PK\x03\x04"
"""How a zip archive begins."""

MAX_FILES = 1000
MAX_UNPACKED = 10 * 1024 * 1024
"""How many bytes all that the archive holds may come to."""
MAX_RATIO = 100
"""How many times its own size an archive may come to; small ones are let pass."""
SMALL = 1024 * 1024
MAX_DEPTH = 100
"""How deep elements may stand in one another: what reads them goes down by recursion."""
DAMAGED = (BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
"""What zipfile raises for an archive that is damaged, or locked with a password."""


class Harmful(ValueError):
    """The archive is broken, or made to exhaust what reads it. `str()` is one sentence."""


def opened(data: bytes) -> ZipFile:
    """Return the archive, every XML part of which is well-formed, of sane depth, and declares no entities.

    Raises Harmful for one that is broken or unpacks to too much. The sizes that an archive states are what zipfile
    reads at most, so a false statement helps nobody.
    """
    try:
        archive = ZipFile(io.BytesIO(data))
        _refuse_bombs(archive, size=len(data))
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                sax.parseString(archive.read(name), _Depth(), forbid_dtd=True)
    except DefusedXmlException as error:
        raise Harmful("It declares entities, which no office program writes, and is not opened.") from error
    except Harmful:
        raise
    except (*DAMAGED, SAXException) as error:
        raise Harmful("It is damaged or locked with a password; save it again.") from error
    return archive


def _refuse_bombs(archive: ZipFile, *, size: int) -> None:
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if len(members) > MAX_FILES:
        raise Harmful(f"It holds more than {MAX_FILES} files; remove what is not text, such as pictures.")
    if unpacked > MAX_UNPACKED:
        raise Harmful(f"It unpacks to more than {MAX_UNPACKED // SMALL} MB; remove what is not text, such as pictures.")
    if unpacked > SMALL and unpacked > MAX_RATIO * size:
        raise Harmful(f"It unpacks to more than {MAX_RATIO} times its size, as no office file does; save it again.")


class _Depth(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self._depth = 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 (the name is xml.sax's)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Harmful(f"More than {MAX_DEPTH} elements stand in one another; copy the text into a new file.")

    def endElement(self, name: str) -> None:  # noqa: N802
        self._depth -= 1
