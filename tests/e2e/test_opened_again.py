"""A notebook opened on another day, without its kernel, and a page loaded again while the kernel runs."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

QUESTION = 'import kit\nkit.Quiz("02_who_says_so/before")'


@pytest.fixture
def saved(lab):
    """A notebook with a question in it, run, saved, and its window closed."""
    notebook = lab.open(lab.write("notebooks/opened_again.ipynb", QUESTION))
    notebook.run_all()
    notebook.page.locator(".btl-quiz").wait_for()
    notebook.page.context.close()
    return notebook


def test_without_its_kernel_it_shows_what_the_widget_was_about(lab, saved):
    saved.close()
    again = lab.open(saved.path)
    again.page.get_by_text("Run this cell to answer").wait_for()
    assert again.page.get_by_text("did somebody tell the reporter").is_visible()
    assert again.page.get_by_text("model not found").count() == 0
    again.run_all()
    assert again.page.locator(".btl-quiz").is_visible()
    again.close()


def test_with_a_new_kernel_that_has_run_nothing_a_page_loaded_again_shows_it_too(lab, saved):
    saved.close()
    lab.open(saved.path).close_page()
    again = lab.open(saved.path)
    again.page.get_by_text("Run this cell to answer").wait_for()
    assert again.page.get_by_text("model not found").count() == 0
    again.run_all()
    again.close_page()
    last = lab.open(saved.path)
    last.page.locator(".btl-quiz").wait_for()
    last.close()


def test_with_its_kernel_it_shows_the_widget_itself(lab, saved):
    again = lab.open(saved.path)
    again.page.locator(".btl-quiz").get_by_role("radio", name="About half").wait_for()
    again.close()
