import pytest

pytest.register_assert_rewrite("tests.articles.importing.shapes")
