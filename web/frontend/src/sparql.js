// The SPARQL page: YASGUI in place of the plain form, which works without this script.
import Yasgui from "@zazuko/yasgui";
import { Chart } from "./sparql/chart.js";
import { Timeline } from "./sparql/timeline.js";
import { completers } from "./sparql/completing.js";

const place = document.getElementById("sparql-editor");
const settings = JSON.parse(place.dataset.settings);

Yasgui.Yasr.registerPlugin("Chart", Chart);
Yasgui.Yasr.registerPlugin("Timeline", Timeline);

// What comes with the editor would ask services elsewhere: only what is known here is offered.
const names = completers(settings.prefixes, settings.terms).map((completer) => {
  Yasgui.Yasqe.registerAutocompleter(completer, true);
  return completer.name;
});

/** The address of this page with the query in it, which opens without a script too. */
function shareLink(yasqe) {
  const url = new URL(settings.endpoint, window.location.href);
  url.searchParams.set("query", yasqe.getValue());
  return url.toString();
}

const query = document.querySelector("#sparql-form textarea").value;
const asked = new URL(window.location.href).searchParams.get("query");

// The editor measures itself: it must be seen when it is made.
place.hidden = false;

const yasgui = new Yasgui(place, {
  populateFromUrl: false,
  persistenceId: `dateline_${window.location.pathname}`,
  copyEndpointOnNewTab: true,
  endpointCatalogueOptions: { getData: () => [], keys: [], renderItem: () => {} },
  requestConfig: {
    endpoint: new URL(settings.endpoint, window.location.href).toString(),
    method: "POST",
    acceptHeaderGraph: "text/turtle",
  },
  yasqe: {
    value: query,
    autocompleters: ["variables", ...names],
    prefixCcApi: null,
    createShareableLink: shareLink,
    createShortLink: undefined,
    consumeShareLink: null,
    editorHeight: "22rem",
  },
  yasr: {
    prefixes: settings.prefixes,
    pluginOrder: ["table", "Timeline", "Chart", "response"],
    getPlainQueryLinkToEndpoint: () => {
      const tab = yasgui.getTab();
      const url = new URL(settings.endpoint, window.location.href);
      url.searchParams.set("query", tab.getYasqe().getValue());
      url.searchParams.set("format", "json");
      return url.toString();
    },
  },
});

document.getElementById("sparql-form").hidden = true;
document.getElementById("sparql-answer")?.setAttribute("hidden", "");

/** Put a query into the open tab, or into a new one where that holds work. */
function show(text, name) {
  const tab = yasgui.getTab();
  const held = tab?.getYasqe().getValue() ?? "";
  if (tab && (held.trim() === "" || held === text)) {
    tab.getYasqe().setValue(text);
  } else {
    yasgui.addTab(true, { ...yasgui.config.requestConfig, name, yasqe: { value: text } });
  }
  yasgui.getTab().getYasqe().refresh();
  yasgui.getTab().query();
}

if (asked) {
  show(asked, "Shared");
} else if (yasgui.getTab().getYasqe().getValue().trim() === "") {
  yasgui.getTab().getYasqe().setValue(query);
}

// Names of this knowledge base lead to its pages, whatever host serves them.
place.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  const iri = link?.getAttribute("href") ?? "";
  const kind = iri.startsWith(settings.base) ? iri.slice(settings.base.length) : "";
  if (/^(event|entity|article|story)\/[^/]+$/.test(kind)) {
    event.preventDefault();
    window.open(new URL(settings.home + kind, window.location.href), "_blank", "noopener");
  }
});

for (const link of document.querySelectorAll(".examples a")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    show(new URL(link.href).searchParams.get("query"), link.textContent);
    place.scrollIntoView({ block: "start" });
  });
}
