/* Messages: the bubble that is there at once and stays until the server has it, and Enter that sends. */
/* Below the log, which is read aloud: there a message comes with its number. */
function bubble(values) {
  const place = make("ol", "talk pt-1.5"), item = make("li", "msg mine");
  item.state = make("p", "sent");
  item.state.role = "status";
  item.values = values;
  item.name = named(location.pathname, values.form_key);
  item.append(make("p", "whitespace-pre-wrap", values.text), item.state);
  place.append(item);
  one(".scroll-end > div").append(place);
  return item;
}

/* Each has its own once-only key: any number of tries is one message. */
function send(item) {
  refusal(item.name, null);
  item.classList.remove("lost");
  item.state.textContent = "Sending…";
  htmx.ajax("POST", location.pathname, { source: "#composer", values: item.values, echo: item });
}

function lost(item) {
  const no = refusal(item.name), field = no && one("#composer").elements?.text;
  item.classList.add("lost");
  item.state.textContent = no ? "Not accepted · " : "Not sent · ";
  item.state.append(field ? button("Take back", () => takeWords(item, field)) : button("Try again", () => { send(item); one(".scroll-end").focus(); }),
    " · ", button("Remove", () => arrived(item)));
}

function takeWords(item, field) {
  field.value = above(item.values.text, field.value);
  store(field.form);
  arrived(item);
  field.focus();
}

const above = (words, begun) => words + (begun && "\n" + begun);

function arrived(item) {
  item.parentNode.remove();
  drop(item.name);
}

function echo(event) {
  const { echo, request } = event.detail.ctx, form = request.form;
  if (echo || !form?.matches("[data-echo]")) return;
  event.preventDefault();
  const values = Object.fromEntries(request.body), field = form.elements.text;
  if (!values.text.trim()) return;
  values.form_key = `${Date.now()}${Math.random()}`;
  const item = bubble(values);
  queue(item.name, values);
  send(item);
  item.scrollIntoView({ block: "nearest" });
  forget(form);
  field.value = "";
  if (form.contains(page.activeElement)) field.focus(); // on a phone the keyboard stays
  field.removeAttribute("aria-invalid");
  field.removeAttribute("aria-describedby");
  all(".err, .hint", form).forEach(words => words.remove());
}

function answered(event) {
  const { echo, response, hx } = event.detail.ctx;
  if (echo && (response.status === 422 || response.status < 400 && !hx.redirect?.startsWith("/sign-in"))) arrived(echo);
}

function failedToSend(event) {
  const { echo, response } = event.detail.ctx || {};
  if (!echo?.isConnected) return; // its words are back in the composer
  if (isNo(response)) refusal(echo.name, 1);
  lost(echo);
}

/* Refused words come back into the composer, above what has been begun since. */
function refused(event) {
  const { ctx, tasks } = event.detail, form = ctx.echo && ctx.response.status === 422 && one("form", tasks[0].fragment);
  if (!form) return;
  const standing = one("#composer"), field = form.elements.text;
  field.value = above(field.value, standing.elements?.text.value);
  form.was = standing.was;
  form.returned = field;
  store(form);
}

/* An answer was lost, but not the message: asked once more with its key, the server says so. */
function recheck() {
  const mine = all(".mine[id] p").map(words => words.textContent);
  all(".lost").forEach(item => {
    if (refusal(item.name) || !mine.includes(item.values.text.trim())) return;
    if (Date.now() - parseInt(item.values.form_key) > 864e5) arrived(item); // the server forgets keys in the end
    else send(item);
  });
}

/* On a keyboard Enter sends and Shift+Enter breaks the line; on a phone Enter breaks it. */
function enter(event) {
  const field = event.target;
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  if (!field.matches("[data-echo] textarea") || !matchMedia("(pointer: fine)").matches) return;
  event.preventDefault();
  field.form.requestSubmit();
}

on("htmx:config:request", echo);
on("htmx:after:request", answered);
on("htmx:error htmx:response:error", failedToSend);
on("htmx:before:swap", refused);
on("htmx:before:settle", event => event.target.returned?.setSelectionRange(9999, 9999)); // one writes on at the end
on("htmx:finally:request", event => { if (isPoll(event)) recheck(); });
on("keydown", enter);

/* What was on its way when the page was left, and goes on by itself while the server knows its key. */
const sendLost = () => all(".lost").forEach(item => { if (!refusal(item.name) && Date.now() - parseInt(item.values.form_key) < 864e5) send(item); });

if (isThread) {
  waiting().filter(name => path(name) === location.pathname).forEach(name => lost(bubble(JSON.parse(stored(name)))));
  recheck();
  if (navigator.onLine) sendLost();
  on("online", sendLost, window);
}
