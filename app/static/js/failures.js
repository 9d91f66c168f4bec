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

function failed(event) {
  const ctx = event.detail.ctx, status = ctx?.response?.status;
  // What was only offered is not missed.
  if (!ctx || isPoll(event) || status === 422 || ctx.sourceElement.matches("[data-quiet]")) return;
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
