/* Skills: a suggestion takes the place of the name that was being written. */
on("click", event => {
  const pressed = event.target.closest("[data-add]");
  if (!pressed) return;
  const field = document.getElementById(pressed.dataset.add), before = field.value.match(/.*,/) || "";
  field.value = `${before} ${pressed.value}, `.trimStart();
  field.focus();
  htmx.trigger(field, "input");
});
