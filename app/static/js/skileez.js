/* The page script: these files are one function (app/assets.py). Everything here is an extra: each page works without it. */
const page = document;
const one = (selector, root = page) => root.querySelector(selector);
const all = (selector, root = page) => [...root.querySelectorAll(selector)];
const on = (events, act, where = page) => events.split(" ").forEach(name => where.addEventListener(name, act));
const saving = page.documentElement.hasAttribute("data-lite"); // the server has weighed settings and Save-Data
const me = page.body.dataset.me || "";

const make = (tag, className, textContent = "") => Object.assign(page.createElement(tag), { className, textContent });
const button = (label, onclick) => Object.assign(make("button", "", label), { type: "button", onclick });

// Private windows and full disks refuse storage; nothing may break over that.
function stored(key, value, where = "localStorage") {
  try {
    if (value === undefined) return window[where].getItem(key);
    if (value === null) window[where].removeItem(key);
    else { window[where].setItem(key, value); return true; }
  } catch { /* kept nowhere */ }
  return null;
}

/* Toasts: one polite live region that is in the page from the start. */
function toast(text, label, act, id) {
  if (id) one("#" + id)?.remove();
  const shown = make("p", "toast");
  shown.id = id || "";
  shown.append(make("span", "", text));
  if (act) shown.append(button(label, () => { shown.remove(); act(); }));
  else if (id !== "slow") fade(shown);
  one("#toasts")?.append(shown);
  return shown;
}
const fade = shown => setTimeout(() => shown.remove(), 8000);

/* The slow line: nothing for 400 ms, then a line, and after 4 s a sentence. */
const isPoll = event => event.detail.ctx?.sourceEvent?.type === "poll";
let busy = 0, line, lineTimer, wordTimer, unsent, away;

function showLine() {
  line = make("div", "slow");
  page.body.append(line);
}

function begin() {
  if (busy++) return;
  lineTimer = setTimeout(showLine, 400);
  wordTimer = setTimeout(() => toast("The connection is slow. Still working.", "", null, "slow"), 4000);
}

function end() {
  if (!busy || --busy) return;
  clearTimeout(lineTimer);
  clearTimeout(wordTimer);
  line?.remove();
  one("#slow")?.remove();
}

/* The same for a page that is on its way; one that does not come after all says so, and so does a file. */
function leaving(event) {
  if (event.destination.sameDocument || event.downloadRequest !== null) return;
  away = true;
  begin();
  event.signal.addEventListener("abort", () => { away = end(); });
}

/* Answer the finger at once, take it back if the server says no. */
function flip(ctx) {
  const pressed = one("[data-flip]", ctx.sourceElement);
  if (!pressed) return;
  ctx.was = pressed.getAttribute("aria-pressed");
  pressed.setAttribute("aria-pressed", ctx.was !== "true");
  ctx.request.keepalive = true; // what is shown at once also happens where the page is left at once
  stored("wrote", Date.now());
}

const takeBack = ctx => ctx.was && one("[data-flip]", ctx.sourceElement)?.setAttribute("aria-pressed", ctx.was);

/* "Show more": the answer is the whole region; its items join the list, its pager replaces the old one. */
function grow(event) {
  const { ctx, tasks } = event.detail, source = ctx.sourceElement, main = tasks[0];
  if (!source.matches("[data-grow]") || !main) return;
  const list = ctx.target, pager = source.closest("nav");
  const items = one("#" + list.id, main.fragment), next = one("#" + pager.id, main.fragment);
  if (!items) return;
  const joined = page.createDocumentFragment();
  joined.append(...items.children);
  ctx.first = joined.firstElementChild;
  main.fragment = joined;
  const rest = page.createDocumentFragment();
  if (next) rest.append(next);
  tasks.push({ ...main, target: pager, fragment: rest, swapSpec: { ...main.swapSpec, style: "outerHTML" } });
}

function afterSwap(event) {
  const ctx = event.detail.ctx, first = ctx.first, form = ctx.request?.form;
  if (ctx.typed && ctx.typed !== typed(form)) store(form); // more was typed while this was on its way
  if (first) one("a, button", first)?.focus({ preventScroll: true });
  if (ctx.select === "#main") { (one("#main h1[tabindex]") || one("#main")).focus(); scrollTo(0, 0); } // a new page in place of this one
}

/* Drafts: forms marked data-keep survive reloads, dead batteries and lost signal. */
const place = form => `draft:${me}:${form.elements.draft?.value || form.getAttribute("action")}`;
const kept = form => form?.matches("[data-keep]");
// A password that is being shown is a text field, and still nobody's to keep.
const counts = field => field.name && !/hidden|password|file|submit|button|fieldset/.test(field.type + field.autocomplete);

function typed(form) {
  return JSON.stringify([...form.elements].filter(counts).map(({ name, value, checked }) => ({ name, value, checked })));
}

// What the words are written on: the server may have tidied what it was sent.
const ground = form => form.elements.version?.value || form.was;
const tidy = words => words?.toLowerCase().replace(/\\n|[\s,]/g, "");

const store = form => stored(place(form), JSON.stringify([ground(form), typed(form), form.left]));

const forget = form => stored(place(form), null);

// Only onto the words it was written on, or onto those that left last: other words from the server win.
function restore(form) {
  if (form.was) return;
  form.was = typed(form);
  const [before, after, left] = JSON.parse(stored(place(form)) || "[]");
  if (!after || after === form.was) return;
  if (before !== ground(form) && tidy(left) !== tidy(form.was)) return forget(form);
  const words = JSON.parse(after);
  [...form.elements].filter(counts).forEach((field, index) => field.name === words[index]?.name && Object.assign(field, words[index]));
  const fold = form.closest("details");
  if (fold) fold.open = true;
  toast("We kept what you typed.");
}

function saved(event) {
  const ctx = event.detail.ctx, form = ctx.request.form;
  if (!unreached(ctx) && ctx.sourceElement === form) release(form);
  if (ctx.response.status >= 400) return;
  if (unsent?.sourceElement === ctx.sourceElement) unsent = null;
  ctx.sourceElement.tries = 0;
  if (form?.method === "post") stored("wrote", Date.now());
  if (ctx.typed && (ctx.sourceElement === form || !away)) forget(form); // a page on its way may not know yet what saved itself
}

// A form that left for another page was taken; one that came back was not.
function settle() {
  const sent = stored("sent");
  if (!sent) return;
  stored("sent", null);
  if (!all("form[data-keep]").map(place).includes(sent)) stored(sent, null);
}

/* An ordinary form is sent once, however often its button is pressed. */
function submit(event) {
  const form = event.target;
  one(":popover-open", form)?.hidePopover(); // a sheet of filters has done its work
  if (event.defaultPrevented || form.method !== "post") return;
  const leaves = form.getAttribute("action") === "/sign-out";
  if (form.sent || leaves && stays()) return event.preventDefault();
  form.sent = true;
  stored("wrote", Date.now());
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(() => calm(form), 10000);
  if (kept(form)) { store(form); stored("sent", place(form)); }
  if (leaves) stored("me", null);
}

/* Signing out that cannot work must not look as if it had, nor take along what nobody has read yet. */
function stays() {
  if (navigator.onLine) return waiting().length && !confirm("Something you wrote was not sent yet. Sign out and lose it?");
  return toast("You are offline, and still signed in here. Sign out when you are connected.");
}

function calm(form) {
  form.sent = false;
  all("[aria-busy]", form).forEach(pressed => pressed.removeAttribute("aria-busy"));
}

/* Back to a page the browser kept, in memory or in its cache: it is as old as its arrival. It must not stay when
   something was written since, or when signing out has emptied the storage. */
const gone = () => me && stored("me") !== me;

function shown(event) {
  const again = event.persisted || performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  if (event.persisted && gone()) return location.reload();
  if (event.persisted) away = end();
  const at = stored(location.href, undefined, "sessionStorage");
  if (again && navigator.onLine && at && at < stored("wrote")) return location.reload();
  if (!again) stored(location.href, Date.now(), "sessionStorage");
  all("form").forEach(calm);
}

/* Offline strip. A page that the worker shows in place of the server's has brought its own, which asks until somebody
   answers: then what was asked for comes, or if it is a page that was kept, it can be read anew. */
const strip = one(".offline") || make("div", "offline"), instead = strip.isConnected;
strip.role = "status";
let unanswered = instead ? 3 : 0; // polls in a row

function network() {
  if (isPressed()) return setTimeout(network, 100);
  const online = navigator.onLine, out = strip.isConnected;
  if (!instead) strip.textContent = online ? "Not connected. Still trying." : "You are offline. What you typed is safe on this device.";
  if (!online || unanswered > 2) return out || (one(".top") || page.body).prepend(strip);
  strip.remove();
  if (out && strip.matches("[data-lost]") && location.pathname !== "/offline") location.reload();
  else if (out) toast("Connected again.", "Reload", instead && !isThread && (() => location.reload()));
}

/* What a dead line kept from leaving. */
function connected() {
  const ctx = unsent;
  network();
  unsent = null;
  if (!ctx?.sourceElement.isConnected) return;
  one("#fail")?.remove();
  again(ctx);
}

/* The worker keeps the last pages for times without a connection; nobody pays for it on a first visit. */
function hire() {
  if (me && !saving) setTimeout(() => navigator.serviceWorker?.register("/worker.js", { updateViaCache: "all" }).catch(() => {}), 4000);
}

/* A first visit came with its stylesheet inside and no font: fetch both when idle, then tell the server. */
function fetchAhead() {
  const ahead = page.documentElement.dataset.next;
  if (!ahead || saving) return;
  setTimeout(() => Promise.all(ahead.split(" ").map(address => fetch(address, { priority: "low" })))
    .then(() => { page.cookie = "seen=1;path=/;max-age=31536000;samesite=lax"; }, () => {}), 1500);
}

/* Small things in a form. */
function peek(pressed) {
  const field = page.getElementById(pressed.dataset.peek), hidden = field.type === "password";
  field.type = hidden ? "text" : "password";
  pressed.setAttribute("aria-label", hidden ? "Hide password" : "Show password");
}

function strength(field) {
  const hint = page.getElementById(field.dataset.strength), length = [...field.value].length;
  hint.rule ||= hint.textContent;
  hint.textContent = !length ? hint.rule
    : length < 12 ? `${12 - length} more characters`
    : new Set(field.value).size < 6 ? "Easy to guess."
    : length < 16 ? "Good." : "Strong.";
}

function count(field) {
  const limit = +field.dataset.limit, length = [...field.value.normalize("NFC").trim()].length, lacks = field.dataset.least - length;
  const shown = field.counter ||= make("p", "");
  if (!shown.isConnected) field.after(shown);
  shown.className = length > limit ? "err num" : "hint num";
  shown.hidden = !field.dataset.least && length < limit * .7;
  shown.textContent = length > limit ? `${length - limit} characters too many` : lacks > 0 ? `${lacks} more characters` : `${limit - length} characters left`;
}

function input(event) {
  const field = event.target, form = field.form;
  if (field.dataset.limit) count(field);
  if (field.dataset.strength) strength(field);
  if (kept(form)) store(form);
}

function press(event) {
  const pressed = event.target.closest("[data-peek]");
  if (pressed) peek(pressed);
  all("details.menu[open]").forEach(menu => { if (!menu.contains(event.target)) menu.open = false; });
}

function key(event) {
  if (event.key === "Escape") all("details.menu[open]").forEach(menu => { menu.open = false; one("summary", menu).focus(); });
}

function ready() {
  all("form[data-keep]").forEach(restore);
  all("[data-peek]").forEach(pressed => { pressed.hidden = false; });
  all("#flash > .toast").forEach(fade);
  all("[data-zone]").forEach(guess => { guess.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone; });
}

// Now, and not once it leaves: what waits in a line is sent as it is.
on("htmx:config:request", event => { const ctx = event.detail.ctx, form = ctx.request.form; if (!ctx.echo && kept(form)) ctx.typed = form.left = typed(form); });
on("htmx:before:request", event => { if (!isPoll(event)) begin(); flip(event.detail.ctx); });
on("htmx:after:request", saved);
on("htmx:finally:request", event => { if (!isPoll(event)) end(); });
if (window.navigation) on("navigate", leaving, navigation);
on("htmx:before:swap", grow);
on("htmx:after:swap", afterSwap);
on("htmx:after:process", ready);
on("input", input);
on("click", press);
on("keydown", key);
on("submit", submit);
on("online", connected, window);
on("offline", network, window);
on("pageshow", shown, window);
on("load", () => { fetchAhead(); hire(); }, window);
const marked = me && stored("me", me);
on("visibilitychange", () => { if (!page.hidden && marked && gone()) location.reload(); });
settle();
connected();
ready();
