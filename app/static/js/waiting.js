/* What could not leave waits in the browser, each with its once-only key: any number of tries is one effect. It leaves
   from whatever page is open once there is a connection; a thread shows its own as bubbles (messages.js). */
const queued = `sending:${me}:`;
const isThread = one("[hx-ptag] > #talk");
const states = {};

function waiting() {
  try {
    return Object.keys(localStorage).filter(name => name.startsWith(queued)).sort();
  } catch { return []; } // kept nowhere
}

const path = name => name.slice(queued.length).split(":")[0];

const queue = (to, key, values) => stored(`${queued}${to}:${key}`, JSON.stringify(values));

function drop(to, key) {
  const name = `${queued}${to}:${key}`;
  stored(name, null);
  states[name]?.remove();
}

/* A deed that did not reach us: it can be sent now, thrown away, or left to go by itself. */
function hold(ctx) {
  const form = ctx.request.form, to = form.getAttribute("action"), key = form.elements.form_key.value;
  queue(to, key, [...ctx.request.body]);
  state(`${queued}${to}:${key}`, () => again(ctx));
}

const release = form => { if (form?.elements.form_key) drop(form.getAttribute("action"), form.elements.form_key.value); };

function state(name, send) {
  states[name]?.remove();
  const shown = states[name] = toast(`Your ${word(name)} waits for a connection and will be sent.`, "Send now", send);
  shown?.append(button("Discard", () => { unsent = null; stored(name, null); shown.remove(); }));
}

const word = name => path(name).startsWith("/messages") ? "message" : "proposal";

async function leave(name) {
  const to = path(name), what = word(name);
  try {
    const answer = await fetch(to, { method: "POST", body: new URLSearchParams(JSON.parse(stored(name))), headers: { "HX-Request": "true", "HX-Request-Type": "partial" } });
    if (answer.status > 428 || answer.headers.get("HX-Redirect")?.startsWith("/sign-in")) throw 0;
    states[name]?.remove();
    if (answer.ok || what !== "message") stored(name, null); // the thread shows what is wrong with it
    if (answer.ok) stored(`draft:${me}:${to}`, null);
    if (answer.ok && one(`form[action="${to}"]`)) location.reload();
    else toast(`Your ${what} ${answer.ok ? "was sent" : "could not be sent as it is"}.`, answer.ok ? "" : "Open", () => { location.href = to.replace("/proposals", ""); });
  } catch { state(name, () => leave(name)); }
}

// A form that is still open sends its own, and so does a thread.
const leaveAll = () => waiting().forEach(name => {
  const form = one(`form[action="${path(name)}"]`);
  if (form && (isThread || name.endsWith(form.elements.form_key.value))) return;
  if (navigator.onLine) leave(name);
  else state(name, () => leave(name));
});

leaveAll();
on("online", leaveAll, window);
