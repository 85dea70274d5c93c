import pytest

pytest.register_assert_rewrite("e2e.first_look")  # so that a check that fails there says what it found
