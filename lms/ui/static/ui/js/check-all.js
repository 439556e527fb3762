// A box at the head of a table that ticks all boxes below it. Without JavaScript it stays hidden.
// <label hidden data-check-all="persona"><input type="checkbox">…</label>: "persona" is their name.

export function bindCheckAll(root) {
  for (const label of root.querySelectorAll("[data-check-all]")) {
    const head = label.querySelector("input");
    const boxes = [...label.closest("form").querySelectorAll(`input[name="${label.dataset.checkAll}"]`)];
    const show = () => {
      const ticked = boxes.filter((box) => box.checked).length;
      head.checked = ticked > 0 && ticked === boxes.length;
      head.indeterminate = ticked > 0 && ticked < boxes.length;
    };
    head.addEventListener("change", () => boxes.forEach((box) => (box.checked = head.checked)));
    boxes.forEach((box) => box.addEventListener("change", show));
    label.hidden = false;
    show();
  }
}
