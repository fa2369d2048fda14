import { createRequire } from 'node:module';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [address, executablePath, folder] = process.argv.slice(2);
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
await mkdir(folder, { recursive: true });

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const SIZES = [{ width: 1440, height: 900 }, { width: 390, height: 844 }];
/** Where dialogs have to fit, too. */
const LOW = { width: 1280, height: 720 };
const THEMES = ['light', 'dark'];

const browser = await chromium.launch({ executablePath, args: FLAGS });
const only = new RegExp(process.argv[5] ?? '');

/** Answers that a page asks for and can do with: nobody is signed in yet, a key is gone. */
const AWAITED = [
  [401, /\/api\/me$/],
  [404, /\/api\/keys\/[0-9a-f]+\/nothing\/raw$/],
  // What was held back when a page was left has gone by the time the next one asks.
  [404, /\/api\/(webhooks|namespaces|api-keys)\/[0-9a-zA-Z_-]+(\?confirm=going-\d+)?$/],
  [422, /\/api\/keys\/[0-9a-f]+\/doc$/],
  // A statement that is none.
  [400, /\/d1\/database\/[0-9a-f-]+\/raw$/],
];

/** What a browser complains of. */
function watch(page) {
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    const from = message.location().url;
    const awaited = AWAITED.some(([status, place]) => message.text().includes(`status of ${status} `) && place.test(from));
    if (message.type() === 'error' && !awaited) complaints.push(`${message.text()} ${from}`);
  });
  page.on('dialog', (dialog) => {
    if (dialog.type() === 'beforeunload') return void dialog.accept();
    complaints.push(`a dialog of the browser: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return complaints;
}

async function open(size = SIZES[0], theme = 'light') {
  const context = await browser.newContext({ viewport: size, colorScheme: theme, acceptDownloads: true, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints = watch(page);
  await page.goto(address);
  return { page, complaints, close: () => context.close() };
}

async function signedIn(size, theme) {
  const session = await open(size, theme);
  await session.page.getByRole('button', { name: 'Start a development session' }).click();
  await session.page.getByRole('heading', { level: 1, name: 'Namespaces' }).waitFor();
  return session;
}

async function check(name, run) {
  if (!only.test(name)) return;
  const from = Date.now();
  try {
    await run();
    console.log(JSON.stringify({ case: name, millis: Date.now() - from }));
  } catch (failure) {
    console.log(JSON.stringify({ case: name, millis: Date.now() - from, failure: String(failure?.stack ?? failure).replace(/\u001b\[[0-9]*m/g, '') }));
  }
}

/** What a variable is called does not matter. */
const plain = (route) => route.replace(/\{[^}]*\}/g, '{}');
const served = ((await (await fetch(address)).text()).match(/name="routes" content="([^"]*)"/)?.[1].split(',') ?? []).map(plain);

/** Whether the manager has a route: the console shows only what its manager can do, and so do the cases. */
function has(route) {
  return served.includes(plain(route));
}

function equal(found, expected, what) {
  if (JSON.stringify(found) !== JSON.stringify(expected)) throw new Error(`${what}: ${JSON.stringify(found)} (expected: ${JSON.stringify(expected)})`);
}

function holds(condition, what) {
  if (!condition) throw new Error(what);
}

/** Accessible, not wider than the window, and without a complaint. */
async function sound(session, name, size, theme) {
  const { page, complaints } = session;
  await settled(page);
  await page.screenshot({ path: join(folder, `${name}-${theme}-${size.width}.png`) });
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  equal(wider, 0, `${name}: pixels beyond the window`);
  equal(await page.evaluate(beyond), [], `${name}: controls beyond the window, or cut off`);
  equal(await page.evaluate(outside), [], `${name}: controls outside of their dialog`);
  // Each width and each theme is judged once: nothing is both of one width and of one theme alone, and it takes most of the time.
  if ((size === SIZES[0]) === (theme === THEMES[0])) await accessible(page, name);
  equal(complaints, [], `${name}: complaints of the browser`);
}

async function accessible(page, name) {
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(`${axe};0`);
  const found = await page.evaluate(`axe.run(document, { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }).then((all) => all.violations.map((one) => one.id + ': ' + one.nodes.map((node) => node.target.join(' ') + ' ' + node.failureSummary).join(' | ')))`);
  equal(found, [], `${name}: violations`);
}

/**
 * Controls that nobody can reach by scrolling, by name: beyond the window, or cut off by what surrounds them. Runs in the page.
 */
function beyond() {
  const scrolls = (overflow) => overflow === 'auto' || overflow === 'scroll';
  const clips = (overflow) => overflow === 'hidden' || overflow === 'clip';
  const unreachable = (one) => {
    const at = one.getBoundingClientRect();
    let [across, down] = [true, true];
    let fixed = getComputedStyle(one).position === 'fixed';
    for (let around = one.parentElement; around !== null && around !== document.body && !fixed; around = around.parentElement) {
      const style = getComputedStyle(around);
      const box = around.getBoundingClientRect();
      across &&= !scrolls(style.overflowX);
      down &&= !scrolls(style.overflowY);
      if (across && clips(style.overflowX) && (at.left < box.left - 1 || at.right > box.right + 1)) return true;
      if (down && clips(style.overflowY) && (at.top < box.top - 1 || at.bottom > box.bottom + 1)) return true;
      fixed = style.position === 'fixed';
    }
    return (across && (at.left < -1 || at.right > innerWidth + 1)) || (fixed && down && (at.top < -1 || at.bottom > innerHeight + 1));
  };
  return [...document.querySelectorAll('button, input, select, textarea, a[href], [role="tab"], [role="menuitem"]')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !one.closest('.cm-editor, .hidden, .skip'))
    .filter(unreachable)
    .map((one) => one.getAttribute('aria-label') ?? (one.textContent || one.tagName));
}

/** Controls of a dialog that cannot be brought into it, and buttons at its foot that a notice covers, by name. Runs in the page. */
function outside() {
  const dialog = document.querySelector('.dialog');
  if (!dialog) return [];
  const around = dialog.getBoundingClientRect();
  const controls = [...dialog.querySelectorAll('button, input, select, textarea, a[href]')].filter((one) => one.checkVisibility() && !one.closest('.cm-editor'));
  const notices = [...document.querySelectorAll('.notice')].map((one) => one.getBoundingClientRect());
  const covered = (at) => notices.some((over) => at.left < over.right && at.right > over.left && at.top < over.bottom && at.bottom > over.top);
  return controls
    .filter((one) => {
      one.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      const at = one.getBoundingClientRect();
      const inside = at.left >= around.left - 1 && at.right <= around.right + 1 && at.top >= around.top - 1 && at.bottom <= around.bottom + 1;
      if (one.closest('.dialog-foot') && covered(at)) return true;
      return !inside || around.left < -1 || around.right > innerWidth + 1 || around.top < -1 || around.bottom > innerHeight + 1;
    })
    .map((one) => one.getAttribute('aria-label') ?? one.textContent ?? one.tagName);
}

/** Nothing is on its way or moving. */
async function settled(page) {
  await page.waitForFunction(() => document.querySelector('.skeleton, [aria-busy="true"]') === null);
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((one) => one.finished)));
}

const api = (page, method, path, body) =>
  page.evaluate(
    async ([to, how, what]) => {
      const response = await fetch(to, { method: how, body: what === undefined ? undefined : JSON.stringify(what), headers: what === undefined ? {} : { 'Content-Type': 'application/json' } });
      return { status: response.status, body: await response.json().catch(() => undefined) };
    },
    [path, method, body],
  );

/** Writes keys as an import, and waits for it. */
async function fill(page, ns, items) {
  await page.evaluate(
    async ([id, lines]) => {
      const send = async (to, request) => (await (await fetch(to, request)).json()).result;
      const { job_id: job } = await send(`/api/import/${id}`, { method: 'POST', body: lines, headers: { 'Content-Type': 'text/plain' } });
      for (;;) {
        const { status } = await send(`/api/jobs/${job}`);
        if (status === 'completed') return;
        if (status === 'failed') throw new Error('the import failed');
        await new Promise((later) => setTimeout(later, 100));
      }
    },
    [ns, items.map((item) => JSON.stringify(item)).join('\n')],
  );
}

const put = (page, ns, name, value, more = {}) => api(page, 'PUT', `/api/keys/${ns}/${encodeURIComponent(name)}`, { value, ...more });

async function namespace(page, title) {
  const { body } = await api(page, 'POST', '/api/namespaces', { title });
  return body.result.id;
}

/** What the manager has of one kind in Cloudflare's form, such as `d1/database`; undefined where it has not. */
const ACCOUNT = '/client/v4/accounts/{account}';
const DATABASES = has(`GET ${ACCOUNT}/d1/database`) && 'd1/database';
const QUEUES = has(`GET ${ACCOUNT}/queues`) && 'queues';
const INDEXES = has(`GET ${ACCOUNT}/vectorize/v2/indexes`) && 'vectorize/v2/indexes';

/** A call of the API in Cloudflare's form, which has to be answered. @return its result */
async function cloudflare(page, method, path, body) {
  const accounts = await api(page, 'GET', '/client/v4/accounts');
  const answer = await api(page, method, `/client/v4/accounts/${accounts.body.result[0].id}/${path}`, body);
  if (!answer.body?.success) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body.result;
}

/** What is held back, by what it is about, goes at once; or stays. */
const now = (page, what) => page.locator('.notices').getByRole('button', { name: `Now: ${what}` }).click();
const undo = (page, what) => page.locator('.notices').getByRole('button', { name: `Undo: ${what}` }).click();

export { address, api, browser, check, cloudflare, DATABASES, equal, fill, folder, has, holds, INDEXES, namespace, now, open, put, QUEUES, signedIn, undo, LOW, SIZES, sound, THEMES };
