"""The charts in a real JupyterLab, without a network: drawn, each with its table, in both themes."""

from __future__ import annotations

import pytest

from kit.summaries.charts import CHARTS

pytestmark = pytest.mark.browser

CELL = """import kit
reading = kit.annotate(kit.load("blinken"))"""
# How large the smallest of a drawing's names is on the screen, in pixels.
SMALLEST = """svg => Math.min(...[...svg.querySelectorAll(".role-axis-label text, .role-legend-label text")]
    .map((text) => parseFloat(text.style.fontSize || text.getAttribute("font-size")) * text.getScreenCTM().a))"""


@pytest.fixture
def book(lab, theme):
    found = lab.open(lab.write("charts.ipynb", CELL, *(f'kit.chart(reading, "{name}")' for name in CHARTS)))
    yield found
    found.close()


def test_each_is_drawn_and_has_its_table(book):
    book.run_all()
    drawings = book.page.locator(".jp-RenderedVegaLite svg")
    drawings.nth(len(CHARTS) - 1).wait_for()
    for cell in book.page.locator(".jp-CodeCell").all()[1:]:
        drawing = cell.locator(".jp-RenderedVegaLite svg")
        title = cell.locator("section.btl [role=heading]").text_content()
        said = drawing.text_content()
        assert title in said
        # Read aloud is one sentence, then the table: no axis number by number, and no bar.
        whole = cell.locator(".jp-RenderedVegaLite [role=graphics-document]")
        assert whole.get_attribute("aria-label") == f"A chart: {title} The table below it says the same."
        assert drawing.locator("[aria-label]:not([aria-hidden=true] *)").count() == 0
        assert drawing.locator(".mark-rect.role-mark path").count() > 3
        assert cell.locator("section.btl tbody tr").count() > 3
        assert "the reporter" in said
        assert drawing.evaluate("svg => getComputedStyle(svg).backgroundColor") == "rgba(0, 0, 0, 0)"  # the page's own
        assert cell.locator("summary").count() == 0  # no menu that leads out of the notebook
    assert book.violations(".jp-RenderedVegaLite") == []
    assert book.errors == []


@pytest.mark.parametrize(("width", "zoom", "letters"), [(1280, 2, 14), (1024, 1, 14), (390, 1, 9)])
def test_a_chart_fits_into_its_window_and_can_be_read(book, width, zoom, letters):
    book.run_all()
    drawings = book.page.locator(".jp-RenderedVegaLite svg")
    drawings.nth(len(CHARTS) - 1).wait_for()
    with book.window(width, zoom=zoom):
        for drawing in drawings.all():
            for around in ("output", "child"):
                frame = drawing.locator(f"xpath=ancestor::*[contains(@class, 'jp-OutputArea-{around}')]")
                assert frame.evaluate("node => node.scrollWidth <= node.clientWidth"), around
            assert drawing.evaluate(SMALLEST) >= letters
            assert "…" not in drawing.text_content()
