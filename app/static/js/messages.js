/* Threads: the poll, the bubble that is there at once, Enter that sends. */
(() => {
  const { all, button, isPoll, kept, make, on, one, page, saving, store } = Skileez;

  /* Polling: quick while people talk, slower when quiet, silent when nobody looks. */
  const polls = new Map();
  const floor = element => Math.max((element.dataset.every || 3) * 1000, saving ? 15000 : 0);

  function plan(element, wait) {
    const poll = polls.get(element);
    clearTimeout(poll.timer);
    poll.wait = Math.min(Math.max(wait, floor(element)), 60000);
    poll.timer = setTimeout(() => ask(element), poll.wait);
  }

  function ask(element) {
    if (!element.isConnected) polls.delete(element);
    else if (!page.hidden && navigator.onLine) htmx.trigger(element, "poll", {}, false);
  }

  function asked(event) {
    const poll = polls.get(event.target);
    if (isPoll(event) && poll) plan(event.target, event.detail.ctx.response?.status === 200 ? 0 : poll.wait * 1.5);
  }

  function wake() {
    if (!page.hidden) for (const element of polls.keys()) { ask(element); if (polls.has(element)) plan(element, 0); }
  }

  function hurry() {
    for (const [element, poll] of polls) if (poll.wait > floor(element)) plan(element, 0);
  }

  function arm() {
    for (const element of all('[hx-trigger~="poll"]')) if (!polls.has(element)) { polls.set(element, {}); plan(element, 0); }
  }

  /* Composer and poll count from the same numbers; an answer that was overtaken never sets them back. */
  function counted(event) {
    const told = event.detail.ctx.response?.headers.get("HX-PTag");
    if (!told) return;
    const counting = all("[hx-ptag]").filter(element => element._htmx);
    const known = [told, ...counting.map(element => element._htmx.ptag)].map(tag => tag.split("."));
    const furthest = told.split(".").map((_, place) => Math.max(...known.map(tag => tag[place] || 0))).join(".");
    counting.forEach(element => { element._htmx.ptag = furthest; });
  }

  /* What an earlier answer has brought already is not shown twice. */
  function once(event) {
    const [main] = event.detail.tasks;
    if (main?.swapSpec?.style === "beforeend") all("li[id]", main.fragment).forEach(item => { if (page.getElementById(item.id)) item.remove(); });
  }

  /* A message appears when it is sent and keeps its own once-only key, so a retry is the same message. */
  function echo(event) {
    const ctx = event.detail.ctx, form = ctx.request.form;
    if (!form?.matches("[data-echo]")) return;
    const body = ctx.request.body, text = body.get("text").trim();
    if (!text) return event.preventDefault();
    const bubble = make("li", "msg mine");
    bubble.append(make("p", "whitespace-pre-wrap", text), make("p", "sent", "Sending…"));
    Object.assign(bubble, { form: form.id, text, key: body.get("form_key") });
    one(form.getAttribute("hx-target")).append(bubble);
    bubble.scrollIntoView({ block: "nearest" });
    ctx.echo = bubble;
    // What was typed stays on this device until the server has it.
    clearTimeout(form.keeping);
    if (kept(form)) store(form);
    emptied(form.elements.text);
    form.elements.form_key.value = Date.now().toString(36) + Math.random().toString(36).slice(2);
  }

  function emptied(field) {
    field.value = "";
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
    all(".err, .hint", field.form).forEach(words => words.remove());
  }

  function answered(event) {
    const { echo, response } = event.detail.ctx;
    if (response.status < 400 || response.status === 422) echo?.remove();
  }

  function failed(event) {
    const { echo, response } = event.detail.ctx || {};
    if (!echo?.isConnected || response?.status === 422) return;
    const state = one(".sent", echo);
    echo.classList.add("lost");
    state.textContent = "Not sent. ";
    state.append(button("Try again", () => resend(echo)));
  }

  function resend(bubble) {
    const form = page.getElementById(bubble.form), { text, form_key } = form.elements, typed = text.value;
    bubble.remove();
    text.value = bubble.text;
    form_key.value = bubble.key;
    form.requestSubmit();
    text.value = typed;
  }

  // On a keyboard Enter sends and Shift+Enter breaks the line; on a phone Enter breaks it.
  function key(event) {
    const form = event.target.form;
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || !form?.matches(".compose")) return;
    if (!matchMedia("(pointer: fine)").matches) return;
    event.preventDefault();
    form.requestSubmit();
  }

  on("htmx:config:request", echo);
  on("htmx:after:request", event => { answered(event); counted(event); });
  on("htmx:error htmx:response:error", failed);
  on("htmx:finally:request", asked);
  on("htmx:before:swap", once);
  on("htmx:after:process", arm);
  on("input", hurry);
  on("keydown", key);
  on("visibilitychange", wake);
  on("online", wake, window);
  on("pageshow", event => { if (event.persisted) wake(); }, window);
  arm();
})();
