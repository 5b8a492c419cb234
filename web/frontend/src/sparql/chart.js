// A bar chart of an answer with a number in each row.
import { element, icon, isNumber, rowsOf, shown, variablesOf, words } from "./rows.js";

const MOST = 60;
const HEIGHT = 26;

export class Chart {
  constructor(yasr) {
    this.yasr = yasr;
    this.priority = 4;
    this.label = "Chart";
  }

  number() {
    const rows = rowsOf(this.yasr);
    return variablesOf(this.yasr).find((name) => rows.some((row) => isNumber(row[name])));
  }

  canHandleResults() {
    return this.number() !== undefined && variablesOf(this.yasr).length > 1;
  }

  draw() {
    const rows = rowsOf(this.yasr).slice(0, MOST);
    const number = this.number();
    const name = words(variablesOf(this.yasr), rows, [number]);
    const largest = Math.max(...rows.map((row) => Math.abs(Number(row[number]?.value ?? 0))), 1e-9);
    const svg = element("svg", {
      class: "sparql-chart",
      viewBox: `0 0 900 ${rows.length * HEIGHT + 8}`,
      role: "img",
      "aria-label": `Bars of ${number} by ${name}`,
    });
    rows.forEach((row, place) => {
      const value = Number(row[number]?.value ?? 0);
      const y = place * HEIGHT + 4;
      const width = (Math.abs(value) / largest) * 500;
      svg.append(
        element("text", { x: 290, y: y + 16, "text-anchor": "end" }, shown(row[name]).slice(0, 44)),
        element("rect", { x: 300, y, width: Math.max(width, 1), height: HEIGHT - 8 }),
        element("text", { x: 308 + width, y: y + 16, class: "value" }, row[number]?.value ?? ""),
      );
    });
    this.yasr.resultsEl.replaceChildren(svg);
  }

  getIcon() {
    return icon("M4 20V10h4v10zm6 0V4h4v16zm6 0v-7h4v7z");
  }
}
