// data-pop: a details element that closes with Escape (the focus returns), on a click outside and when the focus leaves.
export function bindPops(root) {
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const pop = root.querySelector("[data-pop][open]");
    if (!pop) return;
    pop.open = false;
    pop.querySelector("summary").focus();
  });
  for (const name of ["click", "focusin"]) {
    root.addEventListener(name, (event) => {
      for (const pop of root.querySelectorAll("[data-pop][open]")) {
        if (!pop.contains(event.target)) pop.open = false;
      }
    });
  }
}
