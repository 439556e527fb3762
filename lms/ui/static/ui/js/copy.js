// data-copy: a hidden button that shows itself where the clipboard can be written, and copies the text of the element with that id.
export function bindCopies(root) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll("[data-copy]")) {
    const place = document.getElementById(button.dataset.copy);
    if (!place) continue;
    button.hidden = false;
    const said = document.createElement("span");
    said.className = "small soft";
    said.setAttribute("role", "status");
    button.after(said);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(place.textContent.trim());
      said.textContent = button.dataset.copied;
    });
  }
}
