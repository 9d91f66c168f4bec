// Audits pages in the browser that listens at a port: a list of {url, cookie} comes in, a line of JSON goes out for each.
import { readFileSync } from "node:fs";
import lighthouse from "lighthouse";

const FIGURES = ["cumulative-layout-shift", "total-blocking-time", "largest-contentful-paint"];
const KINDS = ["performance", "accessibility", "best-practices", "seo"];

for (const { url, cookie } of JSON.parse(readFileSync(0, "utf8"))) {
    const flags = {
        port: Number(process.argv[2]), logLevel: "silent", onlyCategories: KINDS,
        extraHeaders: cookie ? { Cookie: cookie } : {},
    };
    const { lhr } = await lighthouse(url, flags);
    const faults = KINDS.flatMap((kind) => lhr.categories[kind].auditRefs)
        .filter(({ id, weight }) => weight && (lhr.audits[id].score ?? 1) < 1)
        .map(({ id }) => `${id} ${lhr.audits[id].displayValue ?? ""}`.trim());
    console.log(JSON.stringify({
        url, faults, opened: new URL(lhr.finalDisplayedUrl).pathname, error: lhr.runtimeError?.message,
        scores: Object.fromEntries(KINDS.map((kind) => [kind, Math.round(100 * lhr.categories[kind].score)])),
        figures: Object.fromEntries(FIGURES.map((id) => [id, lhr.audits[id].numericValue])),
    }));
}
