// The rows of an answer on a line of time: intervals as bars, points as narrow ones.
import { element, icon, moment, rowsOf, shown, variablesOf, words } from "./rows.js";

const MOST = 200;
const HEIGHT = 24;

export class Timeline {
  constructor(yasr) {
    this.yasr = yasr;
    this.priority = 5;
    this.label = "Timeline";
  }

  dates() {
    const rows = rowsOf(this.yasr);
    return variablesOf(this.yasr).filter((name) =>
      rows.some((row) => !Number.isNaN(moment(row[name]))),
    );
  }

  canHandleResults() {
    return this.dates().length > 0;
  }

  draw() {
    const dates = this.dates();
    const all = rowsOf(this.yasr)
      .map((row) => {
        const times = dates.map((name) => moment(row[name])).filter((time) => !Number.isNaN(time));
        return { row, from: Math.min(...times), to: Math.max(...times) };
      })
      .filter((item) => Number.isFinite(item.from))
      .sort((one, other) => one.from - other.from);
    const items = all.slice(0, MOST);
    const name = words(variablesOf(this.yasr), rowsOf(this.yasr), dates);
    const first = Math.min(...items.map((item) => item.from));
    const span = Math.max(...items.map((item) => item.to)) - first || 1;
    const svg = element("svg", {
      class: "sparql-chart",
      viewBox: `0 0 900 ${items.length * HEIGHT + 8}`,
      role: "img",
      "aria-label": `${items.length} rows by time`,
    });
    items.forEach((item, place) => {
      const y = place * HEIGHT + 4;
      const x = 400 + ((item.from - first) / span) * 480;
      const width = Math.max(((item.to - item.from) / span) * 480, 4);
      const day = new Date(item.from).toISOString().slice(0, 10);
      svg.append(
        element("text", { x: 0, y: y + 15, class: "value" }, day),
        element("text", { x: 90, y: y + 15 }, shown(item.row[name]).slice(0, 48)),
        element("rect", { x, y, width, height: HEIGHT - 8 }),
      );
    });
    const note = document.createElement("p");
    note.textContent =
      all.length > MOST ? `The first ${MOST} of ${all.length} rows with a date.` : "";
    this.yasr.resultsEl.replaceChildren(svg, note);
  }

  getIcon() {
    return icon("M3 5h10v3H3zm5 5.500h12v3H8zM5 16h9v3H5z");
  }
}
