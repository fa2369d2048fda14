// Measures how the console opens a page of 1,000 keys on a processor that is four times slower, and prints figures. Nothing
// passes or fails: what a machine does in how many milliseconds is no test.
//
//   node browser/frames.mjs ADDRESS CHROMIUM [ROUNDS]
//
// The manager at ADDRESS has to be one that signs in with one click (--dev). A namespace is made there, and deleted at the end.
// Prints one line of JSON for each figure: {"figure","unit","aim","median","worst","rounds"}.
import { chromium } from 'playwright-core';

const [address, executablePath, rounds = '7'] = process.argv.slice(2);
const KEYS = 1000;
const SLOWER = 4;

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'] });
const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
const page = await context.newPage();

/** Notes when the list was answered, when its first row was painted, and how long each frame took. */
await page.addInitScript(() => {
  const seen = { answered: 0, painted: 0, frames: [] };
  window.seen = seen;
  const read = Response.prototype.json;
  Response.prototype.json = function json() {
    return read.call(this).then((body) => {
      if (/\/api\/keys\/[0-9a-f]+\/list/.test(this.url) && body.result?.keys?.length > 1) seen.answered = performance.now();
      return body;
    });
  };
  let last = performance.now();
  const frame = () => {
    const now = performance.now();
    seen.frames.push({ at: last, millis: now - last });
    last = now;
    if (seen.answered > 0 && seen.painted === 0 && document.querySelector('.keys-row')) seen.painted = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
});

const api = (method, path, body, type = 'application/json') =>
  page.evaluate(
    async ([to, how, what, kind]) => (await (await fetch(to, { method: how, body: what, headers: what === undefined ? {} : { 'Content-Type': kind } })).json()).result,
    [path, method, body, type],
  );

await page.goto(address);
await page.getByRole('button', { name: 'Start a development session' }).click();
await page.getByRole('heading', { level: 1, name: 'Namespaces' }).waitFor();
const title = `frames-${Date.now()}`;
const { id } = await api('POST', '/api/namespaces', JSON.stringify({ title }));
const items = Array.from({ length: KEYS }, (_, at) => ({ name: `user:${10_000 + at}:session`, value: `{"id":${at}}`, tags: at % 3 ? ['user'] : ['user', 'team'], ...(at % 2 ? { ttl: 3600 + at } : {}), metadata: { at } }));
const { job_id: job } = await api('POST', `/api/import/${id}`, JSON.stringify(items), 'text/plain');
await page.goto(`${address}/jobs/${job}`);
await page.locator('.timeline li.completed').waitFor();

/** Of the tasks on the page's own thread between two marks, the longest; processor time, so that other programs do not count. */
function longestTask(trace) {
  const events = JSON.parse(trace.toString()).traceEvents;
  const mark = (name) => events.find((one) => one.name === name && one.cat.includes('blink.user_timing'));
  const [from, until] = [mark('frames-from'), mark('frames-until')];
  const tasks = events.filter((one) => one.name === 'RunTask' && one.pid === from.pid && one.tid === from.tid && one.ts + one.dur >= from.ts && one.ts <= until.ts);
  return Math.max(...tasks.map((one) => one.tdur ?? 0)) / 1000;
}

const slow = await context.newCDPSession(page);
const measured = { answer: [], frame: [], task: [] };
for (let round = 0; round < Number(rounds); round++) {
  await slow.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await page.goto(`${address}/namespaces?filter=${title}`);
  await page.getByRole('link', { name: title }).waitFor();
  await page.waitForLoadState('networkidle');
  await slow.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline', 'blink.user_timing', 'toplevel'] });
  const found = await page.evaluate(async (name) => {
    const seen = window.seen;
    seen.answered = seen.painted = 0;
    // What the slower processor has still to do of the page before.
    await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 5000 }));
    await new Promise(requestAnimationFrame);
    const from = performance.now();
    performance.mark('frames-from');
    [...document.querySelectorAll('a.row-link')].find((one) => one.textContent === name).click();
    while (seen.painted === 0) await new Promise(requestAnimationFrame);
    const until = seen.painted + 500;
    while (performance.now() < until) await new Promise(requestAnimationFrame);
    performance.mark('frames-until');
    const longest = (all) => Math.max(0, ...all.filter((one) => one.at >= from).map((one) => one.millis));
    return { answer: seen.painted - seen.answered, frame: longest(seen.frames) };
  }, title);
  found.task = longestTask(await browser.stopTracing());
  for (const [name, value] of Object.entries(found)) measured[name].push(value);
}
await slow.send('Emulation.setCPUThrottlingRate', { rate: 1 });
await api('DELETE', `/api/namespaces/${id}?confirm=${title}`);
await browser.close();

const AIMS = {
  answer: ['from the answer to the first rows', 200],
  frame: ['longest frame while the page opens', 50],
  task: ['longest task while the page opens, in processor time', 50],
};
for (const [name, values] of Object.entries(measured)) {
  values.sort((one, other) => one - other);
  const [figure, aim] = AIMS[name];
  console.log(JSON.stringify({ figure, unit: 'ms', aim, median: Math.round(values[Math.floor(values.length / 2)]), worst: Math.round(values.at(-1)), rounds: values.length }));
}
