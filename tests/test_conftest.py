import socket
from pathlib import Path

import pytest
from django.conf import settings


def test_no_test_reaches_another_machine() -> None:
    with socket.socket() as open_socket, pytest.raises(RuntimeError, match=r"tried to reach 192\.0\.2\.1"):
        open_socket.connect(("192.0.2.1", 80))


def test_uploads_stay_in_the_folder_of_their_test(tmp_path: Path) -> None:
    assert settings.MEDIA_ROOT.is_relative_to(tmp_path)
