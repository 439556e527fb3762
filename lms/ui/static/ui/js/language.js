// data-language: a form that changes the language. It comes back to the same place of the page, and asks before
// what was written in another form would be lost; an attempt keeps its answers by itself.
export function bindLanguages(root) {
  for (const form of root.querySelectorAll("[data-language]")) {
    form.addEventListener("submit", (event) => {
      if (hasWritten(root, form) && !confirm(form.dataset.ask)) return event.preventDefault();
      form.elements.volver.value = form.elements.volver.value.split("#")[0] + location.hash;
    });
  }
}

function hasWritten(root, own) {
  const forms = [...root.querySelectorAll("form:not([data-attempt])")].filter((form) => form !== own);
  return forms.some((form) => [...form.elements].some(isChanged));
}

function isChanged(field) {
  if (field.type === "hidden") return false;
  if (field.matches("[type=radio], [type=checkbox]")) return field.checked !== field.defaultChecked;
  if (field.matches("select")) return [...field.options].some((option) => option.selected !== option.defaultSelected && option.defaultSelected);
  return field.matches("input, textarea") && field.value !== field.defaultValue;
}
