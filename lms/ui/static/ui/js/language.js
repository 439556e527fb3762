// data-language: a form that changes the language. It comes back to the same place of the page, and asks before
// what was written in another form would be lost; an attempt keeps its answers by itself. data-answer: the page
// answers a form, so that what its fields hold was written too, and is nowhere kept.
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
  const isRefused = "answer" in own.dataset;
  return forms.some((form) => [...form.elements].some((field) => isChanged(field) || (isRefused && isPost(form) && isFilled(field))));
}

function isPost(form) {
  return form.getAttribute("method")?.toLowerCase() === "post";
}

function isChanged(field) {
  if (field.type === "hidden") return false;
  if (field.matches("[type=radio], [type=checkbox]")) return field.checked !== field.defaultChecked;
  if (field.matches("select")) return [...field.options].some((option) => option.selected !== isDefault(field, option));
  return field.matches("input, textarea") && field.value !== field.defaultValue;
}

// Where a page chooses no option of a list that shows one, the browser shows the first that it can.
function isDefault(select, option) {
  const options = [...select.options];
  if (select.multiple || options.some((one) => one.defaultSelected)) return option.defaultSelected;
  return option === options.find((one) => !one.disabled);
}

function isFilled(field) {
  if (field.matches("[type=radio], [type=checkbox]")) return field.checked;
  return field.matches("input:not([type=hidden], [type=submit], [type=button]), textarea") && field.value !== "";
}
