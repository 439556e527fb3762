// Pointer helps for kinds of questions whose fields work without them.
export function bindKinds(root) {
  for (const list of root.querySelectorAll("[data-ordering]:not([data-bound])")) bindOrdering(list);
  for (const picture of root.querySelectorAll(".hotspot:not([data-bound])")) bindHotspot(picture);
}

// Things to put in order: buttons that move one, and dragging. The places stay in their fields.
function bindOrdering(list) {
  list.dataset.bound = "";
  const { up, down } = list.dataset;
  const renumber = (moved) => {
    [...list.children].forEach((row, index) => (row.querySelector("input").value = index + 1));
    moved.querySelector("input").dispatchEvent(new Event("input", { bubbles: true }));
  };
  const move = (row, other, side) => {
    if (!other) return;
    other[side](row);
    renumber(row);
  };
  for (const row of list.children) {
    const name = row.querySelector("label").textContent.trim();
    for (const [text, icon, act] of [
      [up, "↑", () => move(row, row.previousElementSibling, "before")],
      [down, "↓", () => move(row, row.nextElementSibling, "after")],
    ]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn line sm";
      button.textContent = icon;
      button.setAttribute("aria-label", `${text}: ${name}`);
      button.addEventListener("click", () => {
        act();
        button.focus();
      });
      row.append(button);
    }
    row.draggable = true;
    row.addEventListener("dragstart", () => row.classList.add("moving"));
    row.addEventListener("dragend", () => {
      row.classList.remove("moving");
      renumber(row);
    });
    row.addEventListener("dragover", (event) => {
      const moving = list.querySelector(".moving");
      if (!moving || moving === row) return;
      event.preventDefault();
      const box = row.getBoundingClientRect();
      row[event.clientY < box.top + box.height / 2 ? "before" : "after"](moving);
    });
  }
}

// Areas of a picture: pressing one ticks its name below.
function bindHotspot(picture) {
  picture.dataset.bound = "";
  const areas = [...picture.querySelectorAll("[data-area]")];
  const field = (area) => document.getElementById(area.dataset.area);
  const show = () => areas.forEach((area) => area.classList.toggle("on", Boolean(field(area)?.checked)));
  areas.forEach((area) => area.addEventListener("click", () => field(area).click()));
  picture.parentElement.addEventListener("change", show);
  show();
}
