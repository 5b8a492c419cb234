"""docs/model.md shows the graph as the code makes it today."""

from __future__ import annotations

from cli.model_page import PAGE, page


def test_the_page_of_the_model_is_up_to_date() -> None:
    written = PAGE.read_text("utf-8")
    assert "dl:claim" in written
    assert page() == written, "run 'make docs'"
