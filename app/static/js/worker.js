/* Stands between pages and the network for who has signed in: keeps what pages are made of and the last pages they
   opened, and shows one of them when the network does not answer. The server's answer always comes first. */
const shell = SHELL; // the addresses, put in by app/assets.py
const worker = self;
let signIns = 0;

/* What is kept belongs to one sign-in; an answer that was on its way when it ended is not kept either. */
async function forget(except) {
  if (!except) signIns++;
  for (const name of await caches.keys()) if (name !== "shell" && name !== except) await caches.delete(name);
}

const isOld = kept => Date.now() - kept.headers.get("at") > 864e5;

async function keep(url, answer, signIn) {
  const headers = new Headers(answer.headers), text = await answer.text(), me = text.match(/<body[^>]* data-me="(\d+)/)?.[1];
  if (!me || !answer.ok || answer.redirected || /no-store/.test(headers.get("cache-control")) || signIn !== signIns) return;
  if (/<html[^>]* data-lite/.test(text)) { await forget(); return worker.registration.unregister(); }
  await forget(me);
  const mine = await caches.open(me);
  headers.set("at", Date.now());
  ["content-encoding", "content-length", "vary"].forEach(name => headers.delete(name));
  await mine.delete(url); // so that it comes last
  await mine.put(url, new Response(text, { headers }));
  const keys = await mine.keys();
  for (const [place, key] of keys.entries()) if (place < keys.length - 20 || isOld(await mine.match(key))) await mine.delete(key);
  if (signIn !== signIns) await forget();
}

/* A page in place of the server's says so, and asks until it answers (skileez.js). */
async function shown(url) {
  const kept = await caches.match(url);
  if (!kept || isOld(kept)) return;
  const when = new Date(+kept.headers.get("at")).toLocaleString("en", { dateStyle: "medium", timeStyle: "short" });
  const text = (await kept.text()).replace(/<header class="top.*?>/, `$&<p class="offline" role="status" hx-get="/healthz" hx-trigger="poll" hx-swap="none" data-every="5">Not connected. This page is from ${when}. <a href="">Try again</a></p>`);
  return new Response(text, kept);
}

/* What a proxy says while it cannot reach us: our own pages bring a policy. */
function ours(came) {
  if (came.status > 500 && !came.headers.has("content-security-policy")) throw came;
  return came;
}

const after = (wait, look) => new Promise(done => setTimeout(async () => { const page = await look(); if (page) done(page); }, wait));

/* Ten seconds without a word are as good as none, where there is a page to show instead, and half a minute is anywhere. */
async function answer(fresh, url) {
  const kept = () => shown(url), none = () => caches.match("/offline");
  try {
    return await Promise.race([fresh.then(ours), after(1e4, kept), after(3e4, none)]);
  } catch {
    return await kept() || none();
  }
}

worker.addEventListener("fetch", event => {
  const { request } = event, { url, method, mode } = request, { pathname } = new URL(url), leaves = /^\/sign-(in|out)/.test(pathname);
  if (method === "GET" && shell.includes(pathname) && mode !== "navigate") {
    event.respondWith(caches.match(pathname).then(kept => kept || fetch(request)));
  } else if (leaves && (method === "POST" || mode === "navigate")) {
    event.waitUntil(forget());
  } else if (method === "GET" && mode === "navigate") {
    const signIn = signIns, fresh = Promise.resolve(event.preloadResponse).then(early => early || fetch(request));
    event.waitUntil(fresh.then(came => keep(url, came.clone(), signIn)).catch(() => {}));
    event.respondWith(answer(fresh, url));
  }
});

worker.addEventListener("install", event => {
  worker.skipWaiting();
  event.waitUntil(caches.delete("shell").then(() => caches.open("shell")).then(cache => cache.addAll(shell)));
});
worker.addEventListener("activate", event => event.waitUntil(worker.registration.navigationPreload?.enable()));
