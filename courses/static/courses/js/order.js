// «Orden del curso»: moves rows in the page instead of asking the server for each step, and by dragging.
// The list is flat: a module (m…) is followed by its lessons (l…). The hidden fields go along with their rows,
// so that what is sent is what is seen.

for (const form of document.querySelectorAll("[data-order]")) bindOrder(form);

function bindOrder(form) {
  const list = form.querySelector("ol");
  if (!list) return;
  const rows = () => [...list.children];
  const isModule = (row) => row.dataset.orderRow.startsWith("m");

  /** A module with its lessons, or a lesson alone. */
  function groupOf(row) {
    if (!isModule(row)) return [row];
    const all = rows();
    const start = all.indexOf(row);
    const next = all.findIndex((other, place) => place > start && isModule(other));
    return all.slice(start, next < 0 ? undefined : next);
  }

  function moduleOf(row) {
    while (row && !isModule(row)) row = row.previousElementSibling;
    return row;
  }

  /** The row before which the group goes for one step; `null` is the end, `undefined` no step. */
  function stepTarget(row, step) {
    const all = rows();
    const group = groupOf(row);
    const before = group[0].previousElementSibling;
    const after = group[group.length - 1].nextElementSibling;
    if (step === "up") {
      if (isModule(row)) return before ? moduleOf(before) : undefined;
      return before && before !== all[0] ? before : undefined;
    }
    if (!after) return undefined;
    return isModule(row) ? groupOf(after).at(-1).nextElementSibling : after.nextElementSibling;
  }

  /** The row before which the group goes when it is dropped on `over`. */
  function dropTarget(row, over, isBelow) {
    if (isModule(row)) {
      const module = moduleOf(over);
      return isBelow ? groupOf(module).at(-1).nextElementSibling : module;
    }
    return isBelow || over === rows()[0] ? over.nextElementSibling : over;
  }

  function place(row, target) {
    const group = groupOf(row);
    if (group.includes(target)) return;
    for (const one of group) list.insertBefore(one, target);
    form.querySelector("[data-order-unsaved]").hidden = false;
  }

  function say(row) {
    const text = form.dataset.said
      .replace("%title%", row.dataset.title)
      .replace("%place%", rows().indexOf(row) + 1)
      .replace("%count%", rows().length);
    form.querySelector("[data-order-status]").textContent = text;
  }

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-order-step]");
    if (!button) return;
    event.preventDefault();
    const row = button.closest("li");
    const target = stepTarget(row, button.dataset.orderStep);
    if (target !== undefined) place(row, target);
    button.focus();
    say(row);
  });

  let dragged = null;
  for (const row of rows()) {
    row.draggable = true;
    row.addEventListener("dragstart", (event) => {
      dragged = row;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", row.dataset.title);
      for (const one of groupOf(row)) one.classList.add("order__row--dragged");
    });
    row.addEventListener("dragover", (event) => {
      if (!dragged || groupOf(dragged).includes(row)) return;
      event.preventDefault();
      const box = row.getBoundingClientRect();
      place(dragged, dropTarget(dragged, row, event.clientY > box.top + box.height / 2));
    });
    row.addEventListener("drop", (event) => event.preventDefault());
    row.addEventListener("dragend", () => {
      for (const one of rows()) one.classList.remove("order__row--dragged");
      if (dragged) say(dragged);
      dragged = null;
    });
  }
}
