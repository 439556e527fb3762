// Small helps on top of pages that work without them. Each module binds itself by data- attributes.
import { bindCheckAll } from "./check-all.js";
import { bindCopies } from "./copy.js";
import { bindErrorSummaries } from "./error-summary.js";
import { bindLanguages } from "./language.js";
import { bindPops } from "./pop.js";
import { bindPrinters } from "./print.js";

bindCheckAll(document);
bindCopies(document);
bindErrorSummaries(document);
bindLanguages(document);
bindPops(document);
bindPrinters(document);
// What htmx brings in later is bound too.
document.addEventListener("htmx:load", (event) => bindErrorSummaries(event.target));
