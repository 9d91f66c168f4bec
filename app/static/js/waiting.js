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

const named = (to, key) => `${queued}${to}:${key}`;

const queue = (name, values) => stored(name, JSON.stringify(values));

/* What the server does not take is marked, and does not leave again by itself: whoever wrote it has it back.
   Its own answers bring a policy; what a proxy or a filter says by itself refuses nothing. */
const isNo = answer => answer?.status > 399 && answer.status < 429 && answer.status !== 408 && answer.headers.has("content-security-policy");
const refusal = (name, value) => stored("no:" + name, value);

function drop(name) {
  stored(name, null);
  refusal(name, null);
  states[name]?.remove();
}

/* A deed that did not reach us: it can be sent now, thrown away, or left to go by itself. */
function hold(ctx) {
  const form = ctx.request.form, name = named(form.getAttribute("action"), form.elements.form_key.value);
  queue(name, [...ctx.request.body]);
  state(name, () => again(ctx));
}

const release = form => { if (form?.elements.form_key) drop(named(form.getAttribute("action"), form.elements.form_key.value)); };

function state(name, send) {
  states[name]?.remove();
  const { text } = JSON.parse(stored(name)) || {};
  states[name] = refusal(name)
    ? toast(`Your ${word(name)} was not accepted${text ? `: “${text.slice(0, 60)}”` : "."}`, "Open", () => { location.href = path(name).replace("/proposals", ""); })
    : toast(`Your ${word(name)} waits for a connection and will be sent.`, "Send now", send);
  states[name].append(button("Discard", () => { unsent = null; drop(name); }));
}

const word = name => path(name).startsWith("/messages") ? "message" : "proposal";

async function leave(name) {
  const to = path(name);
  try {
    const answer = await fetch(to, { method: "POST", body: new URLSearchParams(JSON.parse(stored(name))), headers: { "HX-Request": "true", "HX-Request-Type": "partial" } });
    if (isNo(answer)) refusal(name, 1);
    if (!answer.ok || answer.headers.get("HX-Redirect")?.startsWith("/sign-in")) throw 0;
    drop(name);
    stored(`draft:${me}:${to}`, null);
    if (one(`form[action="${to}"]`)) location.reload();
    else toast(`Your ${word(name)} was sent.`);
  } catch { state(name, () => leave(name)); }
}

// A form that is still open sends its own, and so does a thread.
const leaveAll = () => waiting().forEach(name => {
  const form = one(`form[action="${path(name)}"]`);
  if (isThread && path(name) === location.pathname || form && name.endsWith(form.elements.form_key.value)) return;
  if (form && refusal(name)) drop(name); // its words stand in the form
  else if (navigator.onLine && !refusal(name)) leave(name);
  else state(name, () => leave(name));
});

leaveAll();
on("online", leaveAll, window);
