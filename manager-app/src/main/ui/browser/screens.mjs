import { gzipSync } from 'node:zlib';
import { address, api, check, namespace, open, put, signedIn, SIZES, sound, THEMES } from './harness.mjs';

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const JWT = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ sub: 'ada', exp: 1900000000 })}.${'A'.repeat(43)}`;

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
let job;
await check('data for the screens', async () => {
  const session = await signedIn();
  ns = await filled(session.page);
  job = (await api(session.page, 'POST', `/api/export/${ns}`)).body.result.job_id;
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

/** Name, address, what shows that it is there, and what is done first. */
const SCREENS = [
  ['namespaces', () => '/namespaces', '.table'],
  ['namespaces-new', () => '/namespaces', '.dialog', (page) => page.getByRole('button', { name: 'New namespace' }).click()],
  ['namespaces-menu', () => '/namespaces', '.menu', (page) => page.getByRole('button', { name: 'Actions of screens' }).click()],
  ['keys', () => `/namespaces/${ns}`, '.keys-row'],
  ['keys-none', () => `/namespaces/${ns}?prefix=zzz`, '.empty'],
  ['keys-selected', () => `/namespaces/${ns}`, '.bulk', (page) => page.getByRole('checkbox', { name: 'Select user:1001' }).click()],
  ['bulk-copy', () => `/namespaces/${ns}`, '.dialog', chosen('Copy')],
  ['bulk-expiration', () => `/namespaces/${ns}`, '.dialog', chosen('Expiration')],
  ['bulk-tags', () => `/namespaces/${ns}`, '.dialog', chosen('Tags')],
  ['bulk-delete', () => `/namespaces/${ns}`, '.dialog', chosen('Delete')],
  ['keys-tree', () => `/namespaces/${ns}?tree=shown`, '.tree-row'],
  ['key', () => key('user:1001'), '.cm-content'],
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
  ['search', () => `/search?query=user&namespace=${ns}`, '.table'],
  ['search-none', () => '/search?query=nothing-has-this-name', '.empty'],
  ['audit', () => '/audit', '.table'],
  ['jobs', () => '/jobs', '.table'],
  ['job', () => `/jobs/${job}`, '.timeline li.completed'],
  ['settings', () => '/settings', '.segments'],
  ['api-keys', () => '/settings/api-keys', '.empty'],
  ['api-keys-new', () => '/settings/api-keys', '.dialog', (page) => page.getByRole('button', { name: 'New API key' }).click()],
  ['palette', () => '/settings', '.palette', (page) => page.keyboard.press('Control+k')],
  ['help', () => '/settings', '.keylist', (page) => page.keyboard.press('?')],
  ['nowhere', () => '/namespaces/0/1/2/3', '.empty'],
];

for (const theme of THEMES) {
  for (const size of SIZES) {
    await check(`screen sign-in, ${theme}, ${size.width} wide`, async () => {
      const session = await open(size, theme);
      await session.page.getByLabel('API token').waitFor();
      await sound(session, 'sign-in', size, theme);
      await session.close();
    });
    const session = await signedIn(size, theme);
    for (const [name, path, shown, first] of SCREENS) {
      await check(`screen ${name}, ${theme}, ${size.width} wide`, async () => {
        session.complaints.length = 0;
        await session.page.goto(address + path());
        await session.page.locator('main').first().waitFor();
        if (first) {
          await session.page.locator('.page-head').waitFor();
          await session.page.waitForFunction(() => document.querySelector('.skeleton, [aria-busy="true"]') === null);
          await first(session.page);
        }
        await session.page.locator(shown).first().waitFor();
        await sound(session, name, size, theme);
      });
    }
    await session.close();
  }
}
