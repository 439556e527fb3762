// Small helps on top of pages that work without them. Each module binds itself by data- attributes.
import { bindCopies } from "./copy.js";
import { bindErrorSummaries } from "./error-summary.js";
import { bindPops } from "./pop.js";

bindCopies(document);
bindErrorSummaries(document);
bindPops(document);
// What htmx brings in later is bound too.
document.addEventListener("htmx:load", (event) => bindErrorSummaries(event.target));
