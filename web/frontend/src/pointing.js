// Shows the stretch of an article that an RFC 5147 fragment (#char=10,16) speaks of, also where
// it is no mention with an id of its own, such as a whole sentence.

const FRAGMENT = /^#char=(\d+),(\d+)$/;

/** Highlight and scroll to the stretch that the address points at. */
export function pointAtFragment() {
  const match = FRAGMENT.exec(decodeURIComponent(location.hash));
  const text = document.querySelector(".text");
  for (const old of document.querySelectorAll(".pointed")) old.classList.remove("pointed");
  if (typeof Highlight === "function") CSS.highlights.delete("pointed");
  if (!match || !text) return;
  const range = rangeOf(text, Number(match[1]), Number(match[2]));
  if (!range) return;
  const first = range.startContainer.parentElement;
  if (typeof Highlight === "function") CSS.highlights.set("pointed", new Highlight(range));
  else first.classList.add("pointed");
  if (!document.getElementById(location.hash.slice(1))) first.scrollIntoView({ block: "center" });
}

/** The range of text[start:end], counted in code points of the article as stored. */
function rangeOf(text, start, end) {
  const range = new Range();
  let begun = false;
  let ended = false;
  for (const segment of text.querySelectorAll("[data-start]")) {
    const node = segment.firstChild;
    if (!node) continue;
    const from = Number(segment.dataset.start);
    const points = [...node.data];
    const to = from + points.length;
    if (!begun && start < to && end > from) {
      range.setStart(node, units(points, Math.max(start - from, 0)));
      begun = true;
    }
    if (begun && from < end) {
      range.setEnd(node, units(points, Math.min(end - from, points.length)));
      ended = true;
    }
  }
  return begun && ended ? range : null;
}

/** How many UTF-16 units the first code points take. */
function units(points, count) {
  return points.slice(0, count).join("").length;
}
