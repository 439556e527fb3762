// Small helps on top of pages that work without them. Each module binds itself by data- attributes.
import { bindErrorSummaries } from "./error-summary.js";
import { bindPops } from "./pop.js";

bindErrorSummaries(document);
bindPops(document);
// What htmx brings in later is bound too.
document.addEventListener("htmx:load", (event) => bindErrorSummaries(event.target));
