"""The faults that `make faults` seeds: each still fits its file, and its check is there. To seed them takes minutes."""

from __future__ import annotations

import re
import shlex

import pytest
from conftest import ROOT
from faults import seed

FAULTS = seed.faults()


def test_there_are_enough_and_each_has_a_name_of_its_own():
    assert len({fault.id for fault in FAULTS}) == len(FAULTS) >= 100


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.id)
def test_a_fault_fits_its_file_and_its_check_is_there(fault):
    before = (ROOT / fault.file).read_text("utf-8")
    assert fault.seeded(before) != before
    tool, *words = shlex.split(fault.check)
    assert tool in seed.TOOLS
    for word in words:
        path, _, test = word.partition("::")
        if "/" in word:
            assert (ROOT / path).is_file(), word
        if test:
            assert re.search(rf"^def {test.partition('[')[0]}\(", (ROOT / path).read_text("utf-8"), re.M), word


def test_a_fault_that_no_longer_fits_is_named():
    fault = seed.Fault(id="x", what="", file="README.md", check="ruff README.md", old="b", new="c")
    assert fault.seeded("abc") == "acc"
    for source in ("acc", "abb"):
        with pytest.raises(ValueError, match=r"x: its text stands \d times in README\.md"):
            fault.seeded(source)
