// Keeps an unfinished form on the server, sealed. Nothing is ever put into the browser's storage.
import { COVER, key, post } from "./kit.js";

const REST = 3000; // milliseconds after the last change
const LOCKED = 423; // the session waits for its password

function fields(form) {
  const kept = new FormData();
  for (const [name, value] of new FormData(form)) {
    const control = form.elements.namedItem(name);
    if (typeof value === "string" && control?.type !== "password") kept.append(name, value);
  }
  return kept;
}

function watch(form) {
  const said = form.querySelector("[data-kept]");
  let timer = 0, changed = false, busy = false;

  async function keep() {
    clearTimeout(timer);
    if (!changed || busy || form.dataset.sent) return;
    changed = false;
    busy = true;
    try {
      const answer = await post(form.dataset.draft, fields(form));
      if (!answer.ok) throw answer;
      if (said) said.textContent = await answer.text();
    } catch (why) {
      changed = true;
      if (said) said.textContent = why.status === LOCKED ? said.dataset.locked : said.dataset.lost;
      timer = setTimeout(keep, 5 * REST);
    } finally {
      busy = false;
    }
  }

  function last() {
    if (!changed || form.dataset.sent) return;
    const body = fields(form);
    body.set("csrfmiddlewaretoken", key());
    if (navigator.sendBeacon(form.dataset.draft, body)) changed = false;
  }

  form.addEventListener("input", () => {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(keep, REST);
  });
  form.addEventListener("focusout", keep);
  document.addEventListener(COVER, last);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && last());
  addEventListener("pagehide", last);
  addEventListener("online", keep);
}

export function start(root = document) {
  for (const form of root.querySelectorAll("form[data-draft]:not([data-watched])")) {
    form.dataset.watched = "yes";
    watch(form);
  }
}

start();
document.addEventListener("gza:fresh", () => start());
