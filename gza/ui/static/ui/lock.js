// Idle lock. Covers the page after some minutes without activity and on coming back too late, asks the password and
// uncovers the page as it was. All windows of this browser lock and open together.
import { COVER, post, renew } from "./kit.js";

const cover = document.getElementById("lock");
const soon = document.getElementById("lock-soon");
const form = cover.querySelector("form");
const password = form.elements.namedItem("password");
const error = document.getElementById("lock-error");
const LIMIT = Number(cover.dataset.minutes) * 60_000;
const WARNING = 60_000;
const windows = "BroadcastChannel" in self ? new BroadcastChannel("gza") : null;
let last = Date.now(), heard = 0, before = null;

function tell(what) {
  windows?.postMessage(what);
}

function active() {
  if (cover.open || Date.now() - last > LIMIT) return;
  last = Date.now();
  soon.hidden = true;
  if (last - heard > 5000) {
    heard = last;
    tell("active");
  }
}

function lock({ told = false } = {}) {
  if (cover.open) return;
  document.dispatchEvent(new Event(COVER));
  before = document.activeElement;
  soon.hidden = true;
  error.hidden = true;
  password.value = "";
  document.documentElement.dataset.locked = "yes";
  cover.showModal();
  password.focus();
  if (!told) {
    tell("lock");
    post(cover.dataset.lock).catch(() => {}); // without a line the server locks by its own clock
  }
}

function open({ told = false } = {}) {
  if (!cover.open) return;
  last = Date.now();
  delete document.documentElement.dataset.locked;
  password.value = "";
  cover.close();
  before?.focus?.();
  if (!told) tell("open");
}

function say(sentence) {
  error.querySelector("span").textContent = sentence;
  error.hidden = false;
  password.setAttribute("aria-invalid", "true");
  password.select();
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.setAttribute("aria-busy", "true");
  try {
    const answer = await post(cover.dataset.lock, new FormData(form));
    renew(answer.headers.get("X-Form-Key"));
    if (answer.status === 204) open();
    else if (answer.status === 422) say(await answer.text());
    else location.replace(cover.dataset.home); // the session is over: sign in; the draft is kept
  } catch {
    say(cover.dataset.lost);
  } finally {
    button.removeAttribute("aria-busy");
  }
});

cover.addEventListener("cancel", (event) => event.preventDefault());
cover.addEventListener("close", () => {
  if (document.documentElement.dataset.locked) cover.showModal(); // a browser may close a dialog on a second Esc
});
windows?.addEventListener("message", ({ data }) => {
  if (data === "active") {
    last = Date.now();
    soon.hidden = true;
  } else if (data === "lock") lock({ told: true });
  else if (data === "open") open({ told: true });
});

for (const kind of ["pointerdown", "keydown", "scroll", "pointermove"]) {
  addEventListener(kind, active, { passive: true, capture: true });
}

function look() {
  const rest = LIMIT - (Date.now() - last);
  if (rest <= 0) lock();
  else if (!cover.open) soon.hidden = rest > WARNING;
}

setInterval(look, 1000);
document.addEventListener("visibilitychange", look);
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-lock-now]")) return;
  event.preventDefault();
  lock();
});
