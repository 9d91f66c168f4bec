/* A request failed: keep everything, say so, offer to try again. What only reads tries again by itself, three times. */
function again(ctx) {
  const source = ctx.sourceElement;
  unsent = null;
  if (source.matches("form")) source.requestSubmit(ctx.request.submitter || undefined);
  else htmx.trigger(source, ctx.sourceEvent?.type || "click");
}

const unreached = ctx => !(ctx.response?.status < 502);

function retry({ request, sourceElement: source, target, swap, select, selectOOB, push }) {
  source.tries = (source.tries || 0) + 1;
  if (request.method !== "GET" || !navigator.onLine || source.tries > 3) return source.tries = 0;
  begin();
  return setTimeout(() => { end(); htmx.ajax("GET", request.action, { source, target, swap, select, selectOOB, push }); }, 500 * 2 ** source.tries);
}

/* A draft that could not save itself: where it stands is said, and it goes on trying. */
function unsaved(ctx) {
  one("#draft-saved, #saved p").textContent = `Not saved yet${store(ctx.sourceElement.closest("form")) ? ", but kept on this device" : ""}.`;
  unsent = ctx;
  if (!isNo(ctx.response)) setTimeout(() => { if (unsent === ctx && navigator.onLine) connected(); }, 5000);
}

function failed(event) {
  const ctx = event.detail.ctx, status = ctx?.response?.status;
  if (!ctx || isPoll(event) || status === 422) return;
  // What was only offered is not missed.
  if (ctx.sourceElement.matches("[data-quiet]")) return ctx.request.method === "POST" && status !== 409 && unsaved(ctx);
  takeBack(ctx);
  if (ctx.echo || status === 409 || unreached(ctx) && retry(ctx)) return;
  // Our own server has put its sentence into the answer; a proxy's error page has not.
  if (!unreached(ctx) && ctx.text?.includes("<hx-partial")) return;
  const reason = status ? "Something broke on our side" : navigator.onLine ? "That did not reach us" : "You are offline";
  if (!status && kept(ctx.sourceElement)) unsent = ctx;
  if (unreached(ctx) && ctx.request.submitter?.matches("#proposal [value=send]")) return hold(ctx);
  toast(`${reason}. Nothing is lost.`, "Try again", () => again(ctx), "fail");
}

on("htmx:error htmx:response:error", failed);
