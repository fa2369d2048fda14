import { gzipSync } from 'node:zlib';
import { address, check, namespace, open, put, signedIn, SIZES, sound, THEMES } from './harness.mjs';

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const JWT = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ sub: 'ada', exp: 1900000000 })}.${'A'.repeat(43)}`;

async function filled(page) {
  const ns = await namespace(page, 'screens');
  for (let at = 1; at <= 30; at++) await put(page, ns, `user:${1000 + at}`, JSON.stringify({ id: at, name: 'Ada', roles: ['a', 'b'] }), at % 3 === 0 ? { expiration_ttl: 600 * at } : {});
  await put(page, ns, 'user:1001', JSON.stringify({ id: 1, name: 'Grace', roles: ['a'] }));
  await put(page, ns, 'token', JWT);
  await put(page, ns, 'image', PIXEL, { encoding: 'base64' });
  await put(page, ns, 'packed', gzipSync('{"packed":true}').toString('base64'), { encoding: 'base64' });
  await put(page, ns, 'msgpack', Buffer.from([0x82, 0xa1, 0x61, 0x01, 0xa1, 0x62, 0xc3]).toString('base64'), { encoding: 'base64' });
  return ns;
}

let ns;
await check('data for the screens', async () => {
  const session = await signedIn();
  ns = await filled(session.page);
  await session.close();
});

const key = (name, more = '') => `/namespaces/${ns}/key?name=${name}${more}`;
const view = (name) => (page) => page.locator('.segments').getByText(name, { exact: true }).click();

/** Name, address, what shows that it is there, and what is done first. */
const SCREENS = [
  ['namespaces', () => '/namespaces', '.table'],
  ['namespaces-new', () => '/namespaces', '.dialog', (page) => page.getByRole('button', { name: 'New namespace' }).click()],
  ['namespaces-menu', () => '/namespaces', '.menu', (page) => page.getByRole('button', { name: 'Actions of screens' }).click()],
  ['keys', () => `/namespaces/${ns}`, '.keys-row'],
  ['keys-none', () => `/namespaces/${ns}?prefix=zzz`, '.empty'],
  ['key', () => key('user:1001'), '.cm-content'],
  ['key-tree', () => key('user:1001'), '.json', view('Tree')],
  ['key-hex', () => key('user:1001'), '.hex-line', view('Hex')],
  ['key-base64', () => key('user:1001'), '.cm-content', view('Base64')],
  ['key-image', () => key('image'), '.image-view img'],
  ['key-jwt', () => key('token'), '.facts dt'],
  ['key-gzip', () => key('packed'), '.value-nested .cm-content'],
  ['key-msgpack', () => key('msgpack'), '.json'],
  ['key-new', () => `/namespaces/${ns}/key`, '#key-name'],
  ['key-missing', () => key('nothing'), '.empty'],
  ['settings', () => '/settings', '.segments'],
  ['api-keys', () => '/settings/api-keys', '.table'],
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
          await session.page.locator('.page-head, .value-head').first().waitFor();
          await first(session.page);
        }
        await session.page.locator(shown).first().waitFor();
        await sound(session, name, size, theme);
      });
    }
    await session.close();
  }
}
