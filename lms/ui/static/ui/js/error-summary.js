// data-error-summary: takes the focus when the page arrives; its links focus the field itself.
export function bindErrorSummaries(root) {
  const summary = root.querySelector("[data-error-summary]");
  if (!summary) return;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    const place = document.getElementById(link.hash.slice(1));
    if (!place) return;
    const control = place.matches("input, select, textarea") ? place : place.querySelector("input, select, textarea");
    if (!control) return;
    event.preventDefault();
    control.focus();
    (control.closest(".field") ?? control).scrollIntoView({ block: "start" });
  });
}
