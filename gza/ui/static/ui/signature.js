// A field to sign in: by finger, pen or mouse. The strokes go into a hidden field as path data of a 600 by 200 field.
// The keyboard's way is the typed name below it.

function whole(value, most) {
  return Math.max(0, Math.min(most, Math.round(value)));
}

function pad(fieldset) {
  const field = fieldset.querySelector("[data-pad-field]");
  const svg = field.querySelector("svg");
  const ink = fieldset.querySelector("[data-pad-ink]");
  const value = fieldset.querySelector('input[type="hidden"]');
  let path = /^M/.test(value.value) ? value.value : "", down = false;
  ink.setAttribute("d", path);
  field.hidden = false;

  function point(event) {
    const box = svg.getBoundingClientRect();
    const x = whole((event.clientX - box.left) * 600 / box.width, 600);
    const y = whole((event.clientY - box.top) * 200 / box.height, 200);
    return `${x} ${y}`;
  }

  function write() {
    ink.setAttribute("d", path);
    value.value = path;
  }

  svg.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    svg.setPointerCapture(event.pointerId);
    down = true;
    const at = point(event);
    path += `M${at}L${at}`;
    write();
  });
  svg.addEventListener("pointermove", (event) => {
    if (!down) return;
    for (const each of event.getCoalescedEvents?.() ?? [event]) {
      const next = `L${point(each)}`;
      if (!path.endsWith(next) && path.length < 59_000) path += next;
    }
    write();
  });
  for (const kind of ["pointerup", "pointercancel"]) {
    svg.addEventListener(kind, () => {
      if (down) value.dispatchEvent(new Event("input", { bubbles: true }));
      down = false;
    });
  }
  fieldset.querySelector("[data-pad-clear]").addEventListener("click", () => {
    path = "";
    write();
  });
}

function start() {
  for (const fieldset of document.querySelectorAll("[data-pad]:not([data-ready])")) {
    fieldset.dataset.ready = "yes";
    pad(fieldset);
  }
}

start();
document.addEventListener("gza:fresh", start);
