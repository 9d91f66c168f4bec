/* Polls: quick while people talk, slower when quiet, silent when nobody looks. */
const polls = () => all("[data-every]");
const quickest = poll => Math.max(poll.dataset.every * 1000, saving ? 15000 : 0);

function plan(poll, wait = 0) {
  clearTimeout(poll.timer);
  poll.wait = Math.min(Math.max(wait, quickest(poll)), 60000);
  poll.timer = setTimeout(ask, poll.wait, poll);
}

function ask(poll) {
  if (!page.hidden && navigator.onLine) htmx.trigger(poll, "poll", {}, false);
}

function asked(event) {
  const ctx = event.detail.ctx, poll = ctx.sourceElement, status = ctx.response?.status;
  if (!isPoll(event)) return;
  plan(poll, status === 200 ? 0 : status < 400 ? poll.wait * 1.5 : poll.wait); // no answer is not a quiet one
  unanswered = unreached(ctx) ? unanswered + 1 : 0;
  network();
}

function wake() {
  if (!page.hidden) polls().forEach(poll => { ask(poll); plan(poll); });
}

function hurry() {
  polls().forEach(poll => { if (poll.wait > quickest(poll)) plan(poll); });
}

function arm() {
  polls().forEach(poll => { if (!poll.wait) plan(poll); });
}

/* How far a page has seen stands around the place that is filled, for whatever fills it. Of the parts of a cursor the
   first two never go back when an answer was overtaken; the third, and words of another kind, are what was told last. */
const cursor = event => event.detail.ctx.target?.closest("[hx-ptag]");

function tell(event) {
  const seen = cursor(event);
  if (seen) event.detail.ctx.request.headers["HX-PTag"] = seen.getAttribute("hx-ptag");
}

function told(event) {
  // Asked before somebody signed out, and answered as a guest's: it would lead elsewhere than signing out does.
  if (all("form[action='/sign-out']").some(form => form.sent)) return event.preventDefault();
  const seen = cursor(event), tag = event.detail.ctx.response.headers.get("HX-PTag");
  if (!seen || !tag) return;
  const before = seen.getAttribute("hx-ptag").split(".");
  seen.setAttribute("hx-ptag", tag.split(".").map((part, place) => place < 2 && Math.max(part, before[place]) || part).join("."));
}

/* What an earlier answer has brought already is not shown twice. */
function once(event) {
  const { ctx, tasks } = event.detail;
  if (ctx.swap === "beforeend") tasks.forEach(task => all("li[id]", task.fragment).forEach(item => { if (page.getElementById(item.id)) item.remove(); }));
}

/* What comes by itself waits while something is pressed: what moves away under a finger was not pressed. */
function isPressed() {
  return one("body :active");
}

const held = [];
const letGo = () => held.splice(0).forEach(ctx => { if (ctx.target?.isConnected) htmx.swap(ctx); });

function holdStill(event) {
  const ctx = event.detail.ctx;
  if (!isPressed() || !ctx.sourceElement.matches("[data-quiet], [data-every]")) return letGo();
  event.preventDefault();
  held.push(ctx);
}

on("pointerup pointercancel keyup", () => setTimeout(letGo), window);
on("htmx:before:swap", holdStill);
on("htmx:before:request", tell);
on("htmx:after:request", told);
on("htmx:finally:request", asked);
on("htmx:before:swap", once);
on("htmx:after:process", arm);
on("input", hurry);
on("visibilitychange", wake);
on("online", wake, window);
on("pageshow", event => { if (event.persisted) wake(); }, window);
arm();
