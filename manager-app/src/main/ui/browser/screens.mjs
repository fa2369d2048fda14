import { gzipSync } from 'node:zlib';
import { address, api, check, cloudflare, DATABASES, has, INDEXES, namespace, LOW, open, put, QUEUES, signedIn, SIZES, sound, THEMES } from './harness.mjs';

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const JWT = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ sub: 'ada', exp: 1900000000 })}.${'A'.repeat(43)}`;

const SCHEMA = { type: 'object', properties: { owner: { type: 'object', properties: { team: { type: 'string' } } } } };

async function filled(page) {
  const ns = await namespace(page, 'screens');
  for (let at = 1; at <= 30; at++) await put(page, ns, `user:${1000 + at}`, JSON.stringify({ id: at, name: 'Ada', roles: ['a', 'b'] }), at % 3 === 0 ? { expiration_ttl: 600 * at } : {});
  await put(page, ns, 'user:1001', JSON.stringify({ id: 1, name: 'Grace', roles: ['a'] }));
  await api(page, 'PUT', `/api/metadata/${ns}/user%3A1001`, { tags: ['user', 'team'], custom_metadata: { owner: 'web' } });
  await put(page, ns, 'token', JWT);
  await put(page, ns, 'image', PIXEL, { encoding: 'base64' });
  await put(page, ns, 'packed', gzipSync('{"packed":true}').toString('base64'), { encoding: 'base64' });
  await put(page, ns, 'msgpack', Buffer.from([0x82, 0xa1, 0x61, 0x01, 0xa1, 0x62, 0xc3]).toString('base64'), { encoding: 'base64' });
  return ns;
}

let ns;
/** A namespace with a schema. */
let strict;
let job;
let webhook;
let template;
let schedule;
let database;
let queue;
await check('data for the screens', async () => {
  const session = await signedIn();
  ns = await filled(session.page);
  const made = async (path, body) => (await api(session.page, 'POST', path, body)).body.result;
  strict = await namespace(session.page, 'with-a-schema');
  await put(session.page, strict, 'doc', '{"owner":{"team":"web"}}');
  await api(session.page, 'PUT', `/api/namespaces/${strict}/settings`, { schema: [{ pattern: '*', schema: SCHEMA }] });
  await api(session.page, 'PUT', `/api/namespaces/${ns}/color`, { color: 'teal' });
  await api(session.page, 'PUT', `/api/keys/${ns}/token/color`, { color: 'amber' });
  await put(session.page, ns, 'gone', 'v');
  await api(session.page, 'DELETE', `/api/keys/${ns}/gone`);
  webhook = (await made('/api/webhooks', { name: 'cache purge', url: 'https://hooks.invalid/purge', secret: 's', events: ['key_update', 'job_failed'] })).webhook.id;
  await made('/api/alerts/rules', { name: 'Sessions end', type: 'expiring_within', namespace_id: ns, prefix: 'user:', seconds: 3600 });
  await made('/api/alerts/rules', { name: 'A job failed', type: 'job_failed' });
  await made('/api/thresholds', { namespace_id: ns, storage_bytes_threshold: 1048576, operation_rate_threshold: 60000 });
  template = (await made('/api/templates', { name: 'app', description: 'What an app needs', keys: [{ name: '{{app}}:config', value: '{}', ttl: 3600, tags: ['config'] }] })).template.id;
  if (has('GET /api/schedules')) schedule = (await made('/api/schedules', { name: 'nightly', cron: '0 3 * * *', job: { type: 'r2_backup', params: { namespace_id: ns, format: 'ndjson' } } })).schedule.id;
  if (DATABASES) {
    database = (await cloudflare(session.page, 'POST', DATABASES, { name: 'shop' })).uuid;
    await cloudflare(session.page, 'POST', `${DATABASES}/${database}/query`, { sql: 'create table orders (number integer primary key, customer text not null, total real, note text)' });
    const rows = Array.from({ length: 40 }, (_, at) => `(${1000 + at}, 'ada${at}@example.org', ${at}.25, ${at % 3 === 0 ? 'null' : "'to the door'"})`);
    await cloudflare(session.page, 'POST', `${DATABASES}/${database}/query`, { sql: `insert into orders values ${rows.join(', ')}` });
  }
  if (QUEUES) {
    queue = (await cloudflare(session.page, 'POST', QUEUES, { queue_name: 'parcels' })).queue_id;
    for (let at = 1; at <= 6; at++) await cloudflare(session.page, 'POST', `${QUEUES}/${queue}/messages`, { body: { parcel: at, to: 'Ada' }, content_type: 'json' });
  }
  if (INDEXES) await cloudflare(session.page, 'POST', INDEXES, { name: 'articles', config: { dimensions: 3, metric: 'cosine' } });
  await made('/api/searches', { name: 'Users that expire', query: { query: 'user', has_ttl: 'true' }, shared: true });
  await made(`/api/r2-backup/${ns}?format=ndjson`);
  await made(`/api/keys/${ns}/bulk-r2-copy`, { keys: ['token', 'user:1001'], prefix: 'copies/2026' });
  const failing = await session.page.evaluate(async (id) => (await (await fetch(`/api/import/${id}?collision=fail`, { method: 'POST', body: '[{"name":"token","value":"w"}]', headers: { 'Content-Type': 'text/plain' } })).json()).result.job_id, ns);
  await session.page.goto(`${address}/jobs/${failing}`);
  await session.page.locator('.timeline li.failed').waitFor();
  job = (await made(`/api/export/${ns}`)).job_id;
  await session.page.goto(`${address}/jobs/${job}`);
  await session.page.locator('.timeline li.completed').waitFor();
  await session.close();
});

const key = (name, more = '') => `/namespaces/${ns}/key?name=${name}${more}`;
const pasted = async (page) => {
  await page.getByLabel('Or paste it').fill('[{"name":"user:1001","value":"x"},{"name":"user:1","value":"y"},{"name":"","value":""}]');
  await page.getByRole('button', { name: 'Look at it' }).click();
};
const chosen = (action) => async (page) => {
  await page.getByRole('checkbox', { name: 'Select user:1001' }).click();
  await page.locator('.bulk').getByRole('button', { name: action }).click();
};
const view = (name) => (page) => page.locator('.segments').getByText(name, { exact: true }).click();

/** Makes something that is held back while it is looked at; it goes with the page. */
const goingWebhook = async (page) => {
  await api(page, 'POST', '/api/webhooks', { name: 'a webhook that goes', url: 'https://hooks.invalid/going', events: ['key_update'] });
  await page.reload();
  await page.getByRole('link', { name: 'a webhook that goes' }).first().click();
  await page.getByRole('button', { name: 'Delete the webhook' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
};
const goingApiKey = async (page) => {
  await api(page, 'POST', '/api/api-keys', { name: 'a key that goes', role: 'viewer' });
  await page.reload();
  await page.getByRole('button', { name: 'Delete a key that goes' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
};
const goingNamespace = async (page) => {
  const title = `going-${Date.now()}`;
  await namespace(page, title);
  await page.reload();
  await page.getByRole('link', { name: title }).click();
  await page.getByRole('button', { name: 'Actions of the namespace' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill(title);
  await page.getByRole('button', { name: 'Delete the namespace' }).click();
  await page.getByRole('link', { name: title }).click();
};

/** Name, address, what shows that it is there, and what is done first. */
const SCREENS = [
  ['namespaces', () => '/namespaces', '.table'],
  ['namespaces-new', () => '/namespaces', '.dialog', (page) => page.getByRole('button', { name: 'New namespace' }).click()],
  ['namespaces-selected', () => '/namespaces', '.bulk', (page) => page.getByRole('checkbox', { name: 'Select screens' }).click()],
  ['namespaces-menu', () => '/namespaces', '.menu', (page) => page.getByRole('button', { name: 'Actions of screens' }).click()],
  ['keys', () => `/namespaces/${ns}`, '.keys-row'],
  ['keys-none', () => `/namespaces/${ns}?prefix=zzz`, '.empty'],
  ['keys-selected', () => `/namespaces/${ns}`, '.bulk', (page) => page.getByRole('checkbox', { name: 'Select user:1001' }).click()],
  ['bulk-copy', () => `/namespaces/${ns}`, '.dialog', chosen('Copy')],
  ['bulk-objects', () => `/namespaces/${ns}`, '.dialog', chosen('To objects')],
  ['bulk-expiration', () => `/namespaces/${ns}`, '.dialog', chosen('Expiration')],
  ['bulk-tags', () => `/namespaces/${ns}`, '.dialog', chosen('Tags')],
  ['bulk-delete', () => `/namespaces/${ns}`, '.dialog', chosen('Delete')],
  ['keys-tree', () => `/namespaces/${ns}?tree=shown`, '.tree-row'],
  ['key', () => key('user:1001'), '.cm-content'],
  ['key-schema', () => `/namespaces/${strict}/key?name=doc`, '.json-wrong', async (page) => {
    await page.locator('.cm-content').fill('{"owner":{"team":7}}');
    await page.getByRole('button', { name: 'Save' }).click();
  }],
  ['versions', () => key('user:1001', '&tab=versions'), '.table'],
  ['version', () => key('user:1001', '&tab=versions'), '.diff .cm-content', (page) => page.getByRole('button', { name: 'Compare' }).first().click()],
  ['key-tree', () => key('user:1001'), '.json', view('Tree')],
  ['key-hex', () => key('user:1001'), '.hex-line', view('Hex')],
  ['key-base64', () => key('user:1001'), '.cm-content', view('Base64')],
  ['key-image', () => key('image'), '.image-view img'],
  ['key-jwt', () => key('token'), '.facts dt'],
  ['key-gzip', () => key('packed'), '.value-nested .cm-content'],
  ['key-msgpack', () => key('msgpack'), '.json'],
  ['key-new', () => `/namespaces/${ns}/key`, '#key-name'],
  ['key-missing', () => key('nothing'), '.empty'],
  ['import', () => `/namespaces/${ns}/import`, '.drop'],
  ['import-preview', () => `/namespaces/${ns}/import`, '.figures', pasted],
  ['export', () => `/namespaces/${ns}/export`, '.option'],
  ['statistics', () => `/namespaces/${ns}/statistics`, '.histogram'],
  ['backups', () => `/namespaces/${ns}/backups`, '.table'],
  ['backups-restore', () => `/namespaces/${ns}/backups`, '.dialog', (page) => page.getByRole('button', { name: /Restore the backup/ }).first().click()],
  ['objects', () => `/namespaces/${ns}/objects`, '.table'],
  ['objects-none', () => `/namespaces/${ns}/objects?prefix=zzz`, '.empty'],
  ['migrate', () => `/namespaces/${ns}/migrate`, '.option'],
  ['deleted', () => `/namespaces/${ns}/deleted`, '.table'],
  ['namespace-settings', () => `/namespaces/${ns}/settings`, '.swatch', (page) => page.getByRole('button', { name: /^Colour of/ }).click()],
  ['key-rename', () => key('user:1001'), '.dialog', async (page) => {
    await page.getByRole('button', { name: 'Actions of the key' }).click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
  }],
  ['key-color', () => key('user:1001'), '.swatch', (page) => page.getByRole('button', { name: /^Colour of/ }).click()],
  ['dry-run', () => `/namespaces/${ns}`, '.named', async (page) => {
    await chosen('Expiration')(page);
    await page.getByRole('button', { name: 'Dry run' }).click();
  }],
  ['search-filters', () => `/search?namespace=${ns}&has_ttl=true`, '.table'],
  ['search-saved', () => '/search?query=user', '.menu', (page) => page.getByRole('button', { name: 'Saved' }).click()],
  ['search-share', () => '/search?query=user', '.dialog', async (page) => {
    await page.getByRole('button', { name: 'Saved' }).click();
    await page.getByRole('menuitem', { name: 'Share or delete' }).click();
  }],
  ['webhooks', () => '/webhooks', '.table'],
  ['webhooks-going', () => '/webhooks', 'tr.going', goingWebhook],
  ['namespace-going', () => '/namespaces', '.banner', goingNamespace],
  ['webhooks-new', () => '/webhooks', '.dialog', (page) => page.getByRole('button', { name: 'New webhook' }).click()],
  ['webhook', () => `/webhooks/${webhook}`, '.facts'],
  ['alerts', () => '/alerts', '.table'],
  ['alerts-resolved', () => '/alerts?state=resolved', '.segments'],
  ['alert-rules', () => '/alerts/rules', '.table'],
  ['alert-rules-new', () => '/alerts/rules', '.dialog', (page) => page.getByRole('button', { name: 'New rule' }).click()],
  ['thresholds', () => '/alerts/thresholds', '.table'],
  ['thresholds-new', () => '/alerts/thresholds', '.dialog', (page) => page.getByRole('button', { name: 'New threshold' }).click()],
  ['notifications', () => '/notifications', '.table'],
  ['bell', () => '/overview', '.menu', (page) => page.getByRole('button', { name: /^Notifications/ }).filter({ visible: true }).click()],
  ['templates', () => '/templates', '.table'],
  ['template', () => `/templates/${template}`, '.columns'],
  ['template-new', () => '/templates/new', '.columns'],
  ['template-use', () => `/templates/${template}`, '.dialog', (page) => page.getByRole('button', { name: 'New namespace' }).click()],
  ['metrics', () => '/overview', '.chart'],
  ['metrics-month', () => '/overview?range=30d', '.chart'],
  ['search', () => `/search?query=user&namespace=${ns}`, '.table'],
  ['search-none', () => '/search?query=nothing-has-this-name', '.empty'],
  ['audit', () => '/audit', '.table'],
  ['jobs', () => '/jobs', '.table'],
  ['job', () => `/jobs/${job}`, '.timeline li.completed'],
  ['settings', () => '/settings', '.segments'],
  ['api-keys', () => '/settings/api-keys', '.empty, .table'],
  ['api-keys-going', () => '/settings/api-keys', 'tr.going', goingApiKey],
  ['api-keys-new', () => '/settings/api-keys', '.dialog', (page) => page.getByRole('button', { name: 'New API key' }).click()],
  ['palette', () => '/settings', '.palette', (page) => page.keyboard.press('Control+k')],
  ['help', () => '/settings', '.keylist', (page) => page.keyboard.press('?')],
  ['nowhere', () => '/namespaces/0/1/2/3', '.empty'],
];

if (has('GET /api/schedules')) {
  SCREENS.push(
    ['schedules', () => '/schedules', '.table'],
    ['schedules-new', () => '/schedules', '.dialog', (page) => page.getByRole('button', { name: 'New schedule' }).click()],
    ['schedule', () => `/schedules/${schedule}`, '.facts'],
  );
}
if (has('GET /api/roles')) {
  SCREENS.push(
    ['roles', () => '/settings/roles', '.empty'],
    ['roles-new', () => '/settings/roles', '.dialog', (page) => page.getByRole('button', { name: 'New grant' }).click()],
  );
}
if (DATABASES) {
  SCREENS.push(
    ['databases', () => '/databases', '.table'],
    ['databases-new', () => '/databases', '.dialog', (page) => page.getByRole('button', { name: 'New database' }).click()],
    ['database', () => `/databases/${database}`, '.answer', (page) => page.locator('.relations').getByRole('button', { name: 'orders' }).click()],
    ['database-fault', () => `/databases/${database}`, '.stack .fault', async (page) => {
      await page.locator('.cm-content').fill('select nothing from nowhere');
      await page.getByRole('button', { name: 'Run', exact: true }).click();
    }],
  );
}
if (QUEUES) {
  SCREENS.push(
    ['queues', () => '/queues', '.table'],
    ['queue', () => `/queues/${queue}`, '.table', (page) => page.getByRole('button', { name: 'Look' }).click()],
    ['queue-send', () => `/queues/${queue}`, '.dialog', (page) => page.getByRole('button', { name: 'Send' }).click()],
  );
}
if (INDEXES) {
  SCREENS.push(
    ['vectors', () => '/vectors', '.table'],
    ['vectors-new', () => '/vectors', '.dialog', (page) => page.getByRole('button', { name: 'New index' }).click()],
    ['vector-index', () => '/vectors/articles', '.facts'],
  );
}
if (has('GET /api/durable-objects')) SCREENS.push(['durable', () => '/durable', '.empty, .table']);
if (has('GET /api/crons')) SCREENS.push(['cron', () => '/crons', '.table']);
if (has('POST /api/search')) {
  SCREENS.push(['search-values', () => '/search', '.dialog', (page) => page.getByRole('button', { name: 'In values' }).click()]);
}

/** In which windows a screen is looked at. A page that is open is made wider and narrower, and every other one is opened narrow. */
function windows(shown, at) {
  const sizes = at % 2 === 0 ? SIZES : [...SIZES].reverse();
  return [...sizes.flatMap((size) => THEMES.map((theme) => ({ size, theme }))), ...(shown === '.dialog' ? [{ size: LOW, theme: THEMES[0] }] : [])];
}

async function signIn() {
  for (const size of SIZES) {
    for (const theme of THEMES) {
      await check(`screen sign-in, ${theme}, ${size.width} wide`, async () => {
        const session = await open(size, theme);
        await session.page.getByLabel('API token').waitFor();
        await sound(session, 'sign-in', size, theme);
        await session.close();
      });
    }
  }
}

async function look(screens) {
  const session = await signedIn(SIZES[0], THEMES[0]);
  const { page } = session;
  for (const [at, [name, path, shown, first]] of screens.entries()) {
    const visit = async () => {
      await page.goto(address + path());
      await page.locator('main').first().waitFor();
      if (first) {
        await page.locator('.page-head').waitFor();
        await page.waitForFunction(() => document.querySelector('.skeleton, [aria-busy="true"]') === null);
        await first(page);
      }
      await page.locator(shown).first().waitFor();
    };
    let visited = false;
    for (const { size, theme } of windows(shown, at)) {
      await check(`screen ${name}, ${theme}, ${size.width} wide`, async () => {
        session.complaints.length = 0;
        await page.emulateMedia({ colorScheme: theme });
        await page.setViewportSize(size);
        // Some go by themselves, and some are other in a window of another size.
        if (!visited || !(await page.locator(shown).first().isVisible())) await visit();
        visited = true;
        await sound(session, name, size, theme);
      });
    }
  }
  await session.close();
}

/** Two at a time: one draws while the other waits. */
if (job) await Promise.all([signIn().then(() => look(SCREENS.filter((_, at) => at % 4 < 2))), look(SCREENS.filter((_, at) => at % 4 >= 2))]);
