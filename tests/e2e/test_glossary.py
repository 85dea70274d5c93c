"""From a lesson's words to their terms in the glossary, in a real JupyterLab."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

IN_VIEW = """heading => {
    const shown = heading.closest(".jp-WindowedPanel-outer");
    const [box, panel] = [heading, shown].map((one) => one.getBoundingClientRect());
    return box.height > 0 && box.top >= panel.top && box.bottom <= panel.bottom;
}"""


@pytest.mark.parametrize(
    ("path", "word", "term"),
    [
        ("notebooks/03_how_sure.ipynb", "booster", "booster"),
        ("exercises/05_put_it_together.ipynb", "reader's note", "reader's note"),
        ("notebooks/01_what_am_i_looking_at.ipynb", "credit", "photo credit"),
    ],
)
def test_a_word_leads_to_its_term(lab, path, word, term):
    opened = lab.open(lab.as_notebook(path))
    lesson, glossary = opened.page.locator(".jp-NotebookPanel").first, opened.page.locator(".jp-NotebookPanel").nth(1)
    heading = glossary.get_by_role("heading", name=term, exact=True)
    for _ in range(2):  # the glossary is opened, or is open already, at its beginning
        lesson.get_by_role("link", name=word, exact=True).click()
        heading.wait_for()
        opened.page.wait_for_function(IN_VIEW, arg=heading.element_handle())
        glossary.locator(".jp-WindowedPanel-outer").evaluate("panel => (panel.scrollTop = 0)")
        opened.page.locator(".lm-TabBar-tab", has_text=opened.path.partition("/")[2]).click()
    assert opened.errors == []
    opened.close()
