// Keeps every answer of an attempt as it is given. What cannot be sent waits in this browser, up to
// the next page that can send it; without JavaScript each page has its own button.
// <form data-attempt="(where to send)" data-result data-sheet>, <section data-question="(position)">.
import { bindKinds } from "./question-kinds.js";

const RETRY = 15000;
const PAUSE = 700;

class Waiting {
  constructor(address) {
    this.name = `aula:${address}`;
    this.answers = JSON.parse(read(this.name) || "[]");
  }
  put(answer) {
    this.answers = this.answers.filter((one) => one.position !== answer.position || one.sent);
    this.answers.push(answer);
    this.keep();
  }
  drop(keys) {
    this.answers = this.answers.filter((one) => !keys.includes(one.key));
    this.keep();
  }
  of(position) {
    return this.answers.findLast((one) => one.position === position);
  }
  keep() {
    try {
      if (this.answers.length) localStorage.setItem(this.name, JSON.stringify(this.answers));
      else localStorage.removeItem(this.name);
    } catch {
      // Full or forbidden: what is in memory is sent all the same.
    }
  }
}

function read(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function bindAttempt(form) {
  const waiting = new Waiting(form.dataset.attempt);
  const status = form.querySelector("[data-saving]");
  let timer = 0;
  let busy = false;

  const say = (what) => (status.textContent = status.dataset[what]);

  function note(section) {
    const fields = {};
    for (const [name, value] of new FormData(form)) {
      const field = section.querySelector(`[name="${CSS.escape(name)}"]`);
      if (field && !field.hasAttribute("data-flag")) (fields[name] ||= []).push(String(value));
    }
    const position = Number(section.dataset.question);
    const flag = Boolean(section.querySelector("[data-flag]:checked"));
    waiting.put({ key: crypto.randomUUID(), position, fields, flag, at: Date.now() });
    section.dispatchEvent(new CustomEvent("attempt:noted", { bubbles: true, detail: { position, fields, flag } }));
  }

  async function send() {
    clearTimeout(timer);
    if (busy || !waiting.answers.length) return;
    busy = true;
    const answers = waiting.answers.slice(0, 100);
    answers.forEach((one) => (one.sent = true));
    try {
      const answer = await fetch(form.dataset.attempt, {
        method: "POST",
        redirect: "manual",
        headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        body: JSON.stringify({ answers: answers.map(({ at, sent, ...one }) => ({ ...one, waited: Math.max(0, Date.now() - at) / 1000 })) }),
      });
      if (answer.type === "opaqueredirect" || answer.status === 403) return say("ended");
      if (!answer.ok) throw new Error(answer.status);
      const told = await answer.json();
      waiting.drop([...told.saved, ...told.refused]);
      if (!told.is_open) return location.assign(form.dataset.result);
      say(told.refused.length ? "refused" : waiting.answers.length ? "waiting" : "saved");
    } catch {
      say("offline");
      timer = setTimeout(send, RETRY);
    } finally {
      busy = false;
    }
    if (waiting.answers.some((one) => !one.sent)) await send();
  }

  // A page is left once all is sent, so that nothing older arrives after it.
  let leaving = false;
  form.addEventListener("submit", async (event) => {
    if (event.defaultPrevented || leaving) return;
    event.preventDefault();
    form.querySelectorAll("[data-question]").forEach(note);
    while (busy) await new Promise((done) => setTimeout(done, 50));
    await send();
    if (waiting.answers.length) return;
    leaving = true;
    form.requestSubmit(event.submitter);
  });

  form.addEventListener("input", (event) => {
    const section = event.target.closest("[data-question]");
    if (!section) return;
    note(section);
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  });
  addEventListener("online", send);
  document.addEventListener("visibilitychange", send);

  for (const section of form.querySelectorAll("[data-question]")) fill(section, waiting.of(Number(section.dataset.question)));
  send();
  return { note, send, waiting, say };
}

// What waits here is newer than what the server showed.
export function fill(section, answer) {
  if (!answer) return;
  for (const field of section.querySelectorAll("[name]")) {
    const values = answer.fields[field.name] || [];
    if (field.hasAttribute("data-flag")) field.checked = answer.flag;
    else if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
    else field.value = values[0] ?? "";
  }
}

// One question at a time without asking the server for each page: so one can go on without connection.
function bindSteps(form, attempt) {
  const sections = new Map();
  const heading = form.querySelector("h1");
  const [back, next] = [form.querySelector("[name=anterior]"), form.querySelector("[type=submit]")];
  let current = form.querySelector("[data-question]");
  sections.set(Number(current.dataset.question), current);

  fetch(form.dataset.sheet)
    .then((answer) => (answer.ok ? answer.text() : ""))
    .then((text) => {
      const page = new DOMParser().parseFromString(text, "text/html");
      for (const section of page.querySelectorAll("[data-question]")) {
        const position = Number(section.dataset.question);
        if (!sections.has(position)) sections.set(position, document.importNode(section, true));
      }
    })
    .catch(() => {});

  function show(position, push = true) {
    const section = sections.get(position);
    if (!section) return false;
    current.replaceWith(section);
    current = section;
    fill(section, attempt.waiting.of(position));
    bindKinds(section);
    heading.textContent = heading.dataset.heading.replace("{n}", position);
    back.hidden = position === 1;
    next.firstElementChild.textContent = position === total() ? next.dataset.last : next.dataset.next;
    const address = location.pathname.replace(/\d+\/$/, `${position}/`);
    if (push) history.pushState({ position }, "", address);
    form.action = address;
    document.title = document.title.replace(/\d+/, position);
    const crumb = document.querySelector("nav [aria-current=page]");
    if (crumb) crumb.textContent = crumb.textContent.replace(/\d+/, position);
    for (const link of document.querySelectorAll(".qmap a")) {
      if (link.pathname === address) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    }
    heading.focus();
    return true;
  }
  const total = () => document.querySelectorAll(".qmap a").length;
  const position = () => Number(current.dataset.question);

  form.addEventListener("submit", (event) => {
    const wanted = position() + (event.submitter?.name === "anterior" ? -1 : 1);
    if (wanted > total() || !sections.has(wanted)) return;
    event.preventDefault();
    attempt.note(current);
    attempt.send();
    show(wanted);
  }, true);
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".qmap a");
    if (link && show(Number(link.pathname.match(/(\d+)\/$/)?.[1]))) event.preventDefault();
  });
  addEventListener("popstate", (event) => show(event.state?.position ?? Number(location.pathname.match(/(\d+)\/$/)?.[1]), false));
  form.addEventListener("attempt:noted", (event) => {
    const link = document.querySelectorAll(".qmap a")[event.detail.position - 1];
    const values = Object.values(event.detail.fields).flat();
    link?.classList.toggle("done", values.some((value) => value !== ""));
    link?.classList.toggle("flag", event.detail.flag);
    const answered = document.querySelectorAll(".qmap .done").length;
    document.querySelector("[data-answered]").textContent = answered;
    document.querySelector("progress.thread").value = answered;
  });
}

// Minutes left, by the server's clock: told at each of the last ones.
function bindDeadline(form) {
  const place = form.querySelector("[data-deadline]");
  if (!place) return;
  const { minutes, minute } = form.querySelector("[data-saving]").dataset;
  const ends = performance.now() + (Date.parse(place.dataset.deadline) - Date.parse(place.dataset.now));
  const left = place.querySelector("[data-left]");
  const tick = () => {
    const number = Math.ceil((ends - performance.now()) / 60000);
    if (number <= 0) return location.assign(form.dataset.result);
    left.textContent = number === 1 ? minute : minutes.replace("{n}", number);
    left.setAttribute("role", [10, 5, 1].includes(number) ? "status" : "none");
    setTimeout(tick, Math.min(15000, ends - performance.now()));
  };
  tick();
}

for (const form of document.querySelectorAll("form[data-attempt]")) {
  const attempt = bindAttempt(form);
  bindKinds(form);
  if (form.dataset.sheet) bindSteps(form, attempt);
  bindDeadline(form);
}
