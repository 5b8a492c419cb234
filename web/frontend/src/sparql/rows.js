// Rows of an answer as the views of it need them.

const NUMBERS = new Set(
  ["integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger"].map(
    (name) => `http://www.w3.org/2001/XMLSchema#${name}`,
  ),
);

/** The rows of a SELECT; none for any other answer. */
export function rowsOf(yasr) {
  return yasr.results?.getBindings() ?? [];
}

/** The variables of an answer. */
export function variablesOf(yasr) {
  return yasr.results?.getVariables() ?? [];
}

export function isNumber(term) {
  return term !== undefined && NUMBERS.has(term.datatype);
}

/** An ISO date or date-time as milliseconds; NaN for anything else. */
export function moment(term) {
  const day = term?.value?.match(/^-?\d{4}(-\d\d(-\d\d(T.*)?)?)?$/);
  return day && !isNumber(term) ? Date.parse(term.value) : NaN;
}

/** The variable whose values best serve as words for a row. */
export function words(variables, rows, taken) {
  const free = variables.filter((name) => !taken.includes(name));
  return free.find((name) => rows.some((row) => row[name]?.type === "literal")) ?? free[0];
}

export function shown(term) {
  if (!term) return "";
  return term.type === "uri" ? decodeURI(term.value).replace(/^.*[/#]/, "") : term.value;
}

export function element(name, attributes = {}, text = "") {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text) made.textContent = text;
  return made;
}

/** An icon for the tab of a view. */
export function icon(path) {
  const svg = element("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" });
  svg.append(element("path", { d: path }));
  return svg;
}
