// Enhancements only: every page works without this script.
import { pointAtFragment } from "./pointing.js";

// A choice in the filter is meant at once; text waits for the button or the Enter key.
for (const select of document.querySelectorAll("form.filter select")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}

// An empty field says nothing: leave it out, so that addresses stay short.
for (const form of document.querySelectorAll("form.filter")) {
  form.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData]) {
      if (value === "") event.formData.delete(name);
    }
  });
}

document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof Element && event.target.closest("input, textarea, select");
  const search = document.getElementById("q");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey && search) {
    event.preventDefault();
    search.focus();
  }
});

pointAtFragment();
window.addEventListener("hashchange", pointAtFragment);
