// Audits pages in the browser that listens at a port: a list of {url, cookies} comes in, a line of JSON for each goes out.
// Who has no cookies comes for the first time, with an empty cache; others have been here before, and keep theirs.
import { readFileSync } from "node:fs";
import lighthouse from "lighthouse";
import puppeteer from "puppeteer-core";

const FIGURES = ["cumulative-layout-shift", "total-blocking-time", "largest-contentful-paint"];
const KINDS = ["performance", "accessibility", "best-practices", "seo"];

const browser = await puppeteer.connect({ browserURL: `http://127.0.0.1:${process.argv[2]}` });
for (const { url, cookies } of JSON.parse(readFileSync(0, "utf8"))) {
    const page = await browser.newPage();
    const line = await page.createCDPSession();
    if (!Object.keys(cookies).length) {
        await line.send("Network.clearBrowserCache");
        await line.send("Storage.clearDataForOrigin", { origin: new URL(url).origin, storageTypes: "all" });
    }
    // As Lighthouse does by itself: a worker starts in the process of the page, and its start would be judged as the page's.
    await line.send("Storage.clearDataForOrigin", { origin: new URL(url).origin, storageTypes: "service_workers" });
    // In the browser, which sends no cookie that comes as a header.
    for (const [name, value] of Object.entries(cookies)) {
        await line.send("Network.setCookie", { url, name, value, path: "/", secure: true });
    }
    const flags = { logLevel: "silent", onlyCategories: KINDS, disableStorageReset: true };
    const { lhr } = await lighthouse(url, flags, undefined, page);
    const faults = KINDS.flatMap((kind) => lhr.categories[kind].auditRefs)
        .filter(({ id, weight }) => weight && (lhr.audits[id].score ?? 1) < 1)
        .map(({ id }) => `${id} ${lhr.audits[id].displayValue ?? ""}`.trim());
    console.log(JSON.stringify({
        url, faults, opened: lhr.finalDisplayedUrl, error: lhr.runtimeError?.message ?? "",
        scores: Object.fromEntries(KINDS.map((kind) => [kind, Math.round(100 * lhr.categories[kind].score)])),
        figures: Object.fromEntries(FIGURES.map((id) => [id, lhr.audits[id].numericValue])),
    }));
    await page.close();
}
await browser.disconnect();
