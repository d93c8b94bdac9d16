// A security key answers or is made; the answer goes into the form, which is then sent as any other.
const place = document.querySelector("[data-key]");
const form = document.getElementById("key-form");
const button = form.querySelector("[data-key-start]");
const said = form.querySelector("[data-key-said]");
const answer = form.elements.namedItem("answer");

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const named = (list) => (list ?? []).map((each) => ({ ...each, id: bytes(each.id) }));

async function make(options) {
  const made = await navigator.credentials.create({ publicKey: {
    ...options, challenge: bytes(options.challenge), user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: named(options.excludeCredentials),
  } });
  const { clientDataJSON, attestationObject } = made.response;
  return { made, response: { clientDataJSON: text(clientDataJSON), attestationObject: text(attestationObject) } };
}

async function ask(options) {
  const made = await navigator.credentials.get({ publicKey: {
    ...options, challenge: bytes(options.challenge), allowCredentials: named(options.allowCredentials),
  } });
  const { clientDataJSON, authenticatorData, signature } = made.response;
  return { made, response: {
    clientDataJSON: text(clientDataJSON), authenticatorData: text(authenticatorData), signature: text(signature),
  } };
}

button.addEventListener("click", async () => {
  said.hidden = true;
  button.setAttribute("aria-busy", "true");
  try {
    const { publicKey } = JSON.parse(place.dataset.options);
    const { made, response } = await (place.dataset.key === "make" ? make(publicKey) : ask(publicKey));
    answer.value = JSON.stringify({
      id: made.id, rawId: text(made.rawId), type: made.type, response, clientExtensionResults: {},
    });
    form.requestSubmit();
  } catch {
    said.querySelector("span").textContent = place.dataset.failed;
    said.hidden = false;
  } finally {
    button.removeAttribute("aria-busy");
  }
});
