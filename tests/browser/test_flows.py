"""What people do: look, filter, check the evidence, add an article, ask."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.site import TOKEN

pytestmark = pytest.mark.browser

ARTICLE = """Harbour Board closes the old bridge

The Harbour Board closed the Alder Bridge on Friday after engineers found cracks in two of
its piers. Mayor Lena Ortiz criticised the decision, and said that the city would sue the board.
"""


def fits(page: Page) -> None:
    """Nothing is wider than the window."""
    page.wait_for_load_state("load")  # its style sheet included
    width = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width[0] <= width[1]


def test_from_the_timeline_to_the_words_of_the_article(page: Page, samples_site: str) -> None:
    page.goto(samples_site)
    expect(page.get_by_role("heading", level=1)).to_have_text("What happened, and who says so")
    expect(page.get_by_role("heading", name="January 2021", exact=True).first).to_be_visible()
    fits(page)

    page.get_by_role("searchbox").fill("Parler")
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**/?*q=Parler*")
    assert "from=" not in page.url  # empty fields stay out of the address
    first = page.locator("article.event").first
    first.locator("summary").click()
    quote = first.locator("blockquote")
    expect(quote).to_be_visible()
    words = quote.inner_text()
    label = first.get_by_role("heading").inner_text()

    first.get_by_role("heading").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(label)
    fits(page)
    trigger = page.locator(".quotes mark").first.inner_text()
    quotes = [text.strip() for text in page.locator(".quotes blockquote").all_inner_texts()]
    assert words.strip() in quotes

    page.locator(".quotes cite a").first.click()
    page.wait_for_url(re.compile(r"/article/.*#char=\d+,\d+$"))
    target = page.locator(":target")
    expect(target).to_be_in_viewport()
    assert target.inner_text() in trigger or trigger in target.inner_text()
    fits(page)


def test_a_fragment_that_is_no_mention_is_marked_all_the_same(
    page: Page, samples_site: str
) -> None:
    page.goto(f"{samples_site}/articles")
    page.locator(".articles a").first.click()
    last = page.locator(".text [data-start]").last
    start = int(last.get_attribute("data-start") or 0)
    page.goto(f"{page.url}#char={start - 3},{start + 2}")
    marked = page.evaluate(
        "[...(CSS.highlights.get('pointed') ?? [])].map((range) => range.toString()).join('')"
    )
    assert len(marked.replace("\n", "")) >= 2
    expect(last).to_be_in_viewport()


def test_filters_are_in_the_address_and_can_be_taken_away(page: Page, samples_site: str) -> None:
    page.goto(f"{samples_site}/?show=all")
    everything = page.locator("article.event").count()
    page.locator("#facets a", has_text="Parler").first.click()
    page.wait_for_url("**/?*entity=parler*")
    some = page.locator("article.event").count()
    assert 0 < some <= everything
    page.reload()
    assert page.locator("article.event").count() == some
    if not page.locator("#order").is_visible():
        page.get_by_text("Dates and order").click()
    page.locator("#order").select_option("newest")  # a choice is sent at once
    page.wait_for_url("**/?*order=newest*")
    assert "entity=parler" in page.url
    page.locator(".chips a").first.click()
    page.wait_for_url(lambda url: "entity=" not in url)


def test_a_pasted_article_stands_on_the_timeline(empty_site: str, page: Page) -> None:
    page.goto(empty_site)
    page.get_by_role("link", name="Add an article").last.click()
    fits(page)
    page.get_by_label("Text").fill(ARTICLE)
    page.get_by_label("Published").fill("2024-03-10")
    page.get_by_label("Publisher").fill("The Harbour Courier")
    page.get_by_label("Token").fill(TOKEN)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_text("Added", exact=True)).to_be_visible(timeout=60_000)
    fits(page)
    page.goto(f"{empty_site}/?show=all&from=2024-03-08&to=2024-03-08")
    event = page.locator("article.event", has_text=re.compile("clos", re.IGNORECASE)).first
    expect(event).to_be_visible()
    event.locator("summary").click()
    expect(event.locator("blockquote")).to_contain_text("closed the Alder Bridge on Friday")


def test_hostile_text_stays_text(empty_site: str, page: Page) -> None:
    attack = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    page.goto(f"{empty_site}/ingest")
    page.get_by_label("Text").fill(f"{attack}\n\nMayor Ortiz resigned on Friday. {attack}")
    page.get_by_label("Title").fill(attack)
    page.get_by_label("Publisher").fill(attack)
    page.get_by_label("Token").fill(TOKEN)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_text("Added", exact=True)).to_be_visible(timeout=60_000)
    page.get_by_role("heading", level=1).get_by_role("link").click()
    expect(page.locator(".text")).to_contain_text(attack)
    page.goto(f"{empty_site}/?show=all")
    assert page.locator("img").count() == 0


def test_a_question_in_sparql(page: Page, samples_site: str) -> None:
    page.goto(f"{samples_site}/sparql")
    editor = page.locator("#sparql-editor")
    expect(editor.locator(".CodeMirror")).to_contain_text("dl:agent ent:amazon")
    fits(page)
    page.get_by_role("link", name="What did Amazon do, and when?").click()
    expect(editor.locator(".yasr table")).to_contain_text("2021-01-")
    fits(page)
    with page.expect_popup() as opened:
        editor.locator(".yasr td a.iri").first.press("Enter")
    expect(opened.value).to_have_url(re.compile(r"127\.0\.0\.1:\d+/event/"))
    opened.value.close()
    editor.get_by_role("button", name="Timeline").click()
    expect(editor.get_by_role("img", name=re.compile("rows by time"))).to_be_visible()
    page.get_by_role("link", name="Who acts most often?").click()
    editor.get_by_role("button", name="Chart").locator("visible=true").click()
    expect(editor.get_by_role("img", name=re.compile("Bars of events"))).to_contain_text("Parler")


def test_the_editor_knows_the_terms(page: Page, samples_site: str) -> None:
    page.goto(
        f"{samples_site}/sparql?query=SELECT%20*%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D%20LIMIT%203"
    )
    editor = page.locator("#sparql-editor")
    expect(editor.locator(".yasr table tbody tr")).to_have_count(3)
    editor.locator(".CodeMirror:visible").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT * { ?e dl:pat")
    page.keyboard.press("Control+Space")
    expect(page.locator(".CodeMirror-hints")).to_contain_text("dl:patient")


def test_sparql_works_without_scripts(browser: Browser, samples_site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{samples_site}/sparql")
    page.get_by_role("link", name="What did Amazon do, and when?").click()
    expect(page.locator(".answer table")).to_contain_text("2021-01-")
    page.locator(".answer td a").first.click()
    expect(page).to_have_url(re.compile("/event/"))
    page.goto(f"{samples_site}/sparql")
    page.get_by_role("textbox", name="Query").fill("ASK { ?s ?p ?o }")
    page.get_by_role("button", name="Run").click()
    expect(page.locator(".answer")).to_contain_text("Yes")
    context.close()


def test_it_works_without_scripts_and_with_the_keyboard(
    browser: Browser, samples_site: str
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(samples_site)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.get_by_role("searchbox").fill("Amazon")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**/?*q=Amazon*")
    event = page.locator("article.event").first
    event.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(event.locator("blockquote")).to_be_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(browser: Browser, samples_site: str, scheme: str) -> None:
    """WCAG 2.1, 1.4.3: text has a contrast of at least 4.5 to 1."""
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    for address in ("/?show=all", "/articles", "/sparql", "/ingest"):
        page.goto(samples_site + address)
        assert page.evaluate(CONTRAST) == []
    page.goto(f"{samples_site}/articles")
    page.locator(".articles a").first.click()
    assert page.evaluate(CONTRAST) == []
    context.close()


CONTRAST = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data;
  };
  const light = ([r, g, b]) => {
    const part = (v) => ((v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const ground = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = rgba(getComputedStyle(e).backgroundColor);
      if (colour[3] > 200) return colour;
    }
    return rgba(getComputedStyle(document.documentElement).backgroundColor);
  };
  const weak = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
    const [a, b] = [light(rgba(getComputedStyle(element).color)), light(ground(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) weak.add(`${element.tagName}.${element.className}: ${ratio.toFixed(2)}`);
  }
  return [...weak];
}"""
