// data-print: a hidden button that shows itself where there is a script, and opens the printer's dialog.
export function bindPrinters(root) {
  for (const button of root.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
