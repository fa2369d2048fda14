import { address, api, check, equal, holds, namespace, open, put, signedIn } from './harness.mjs';

const rows = (page) => page.locator('.keys-name');

await check('nobody sees anything before signing in, and the address stays', async () => {
  const { page, close } = await open();
  await page.goto(`${address}/settings?later=1`);
  await page.getByRole('heading', { name: 'Sign in to Triport' }).waitFor();
  await page.getByRole('button', { name: 'Start a development session' }).click();
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  holds(page.url().endsWith('/settings?later=1'), page.url());
  await close();
});

await check('a wrong token is refused in words', async () => {
  const { page, close } = await open();
  await page.getByLabel('API token').fill('not-a-token');
  await page.getByRole('button', { name: 'Sign in with the token' }).click();
  await page.locator('.fault').first().waitFor();
  await close();
});

await check('a namespace is created, renamed, and deleted only by its title', async () => {
  const { page, close } = await signedIn();
  await page.getByRole('button', { name: 'New namespace' }).click();
  await page.getByLabel('Title').fill('flow-one');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'flow-one' }).waitFor();
  await page.getByRole('button', { name: 'Actions of the namespace' }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await page.getByLabel('Title').fill('flow-two');
  await page.getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('heading', { level: 1, name: 'flow-two' }).waitFor();
  await page.getByRole('button', { name: 'Actions of the namespace' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  const confirm = page.getByRole('button', { name: 'Delete the namespace' });
  holds(await confirm.isDisabled(), 'can be deleted before its title was typed');
  await page.getByRole('textbox').fill('flow-two');
  await confirm.click();
  await page.getByRole('heading', { level: 1, name: 'Namespaces' }).waitFor();
  equal(await page.getByRole('link', { name: 'flow-two' }).count(), 0, 'links to it');
  await close();
});

await check('a key is created, edited and saved with its expiration kept', async () => {
  const { page, close } = await signedIn();
  const ns = await namespace(page, 'flow-edit');
  await page.goto(`${address}/namespaces/${ns}`);
  await page.getByRole('button', { name: 'New key' }).first().click();
  await page.locator('#key-name').fill('a/b c%2F');
  await page.locator('.cm-content').fill('{"n": 1}');
  await page.getByLabel('Expires', { exact: true }).selectOption('in');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { level: 1, name: 'a/b c%2F' }).waitFor();
  const before = (await api(page, 'GET', `/api/keys/${ns}/${encodeURIComponent('a/b c%2F')}`)).body.result;
  equal(before.value, '{"n": 1}', 'value');
  await page.locator('.cm-content').fill('{"n": 2}');
  await page.getByLabel('Metadata', { exact: true }).fill('{"kind": "count"}');
  await page.getByRole('button', { name: 'Review' }).click();
  await page.locator('.diff .cm-changedLine').first().waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').first().waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll('button')].find((one) => one.textContent === 'Save')?.disabled);
  const after = (await api(page, 'GET', `/api/keys/${ns}/${encodeURIComponent('a/b c%2F')}`)).body.result;
  equal([after.value, after.metadata, after.expiration], ['{"n": 2}', { kind: 'count' }, before.expiration], 'after the second save');
  await close();
});

await check('what somebody else saved meanwhile is not overwritten', async () => {
  const { page, close } = await signedIn();
  const ns = await namespace(page, 'flow-conflict');
  await put(page, ns, 'shared', 'one');
  await page.goto(`${address}/namespaces/${ns}/key?name=shared`);
  await page.locator('.cm-content').fill('mine');
  await put(page, ns, 'shared', 'theirs');
  await page.keyboard.press('Control+s');
  await page.getByText('Somebody else has changed this key').waitFor();
  equal((await api(page, 'GET', `/api/keys/${ns}/shared`)).body.result.value, 'theirs', 'value');
  await page.getByRole('button', { name: 'Load again' }).click();
  await page.getByText('theirs').waitFor();
  await close();
});

await check('a leaf of a JSON tree is edited in place', async () => {
  const { page, close } = await signedIn();
  const ns = await namespace(page, 'flow-tree');
  await put(page, ns, 'doc', '{"a":{"b":[1,2]}}');
  await page.goto(`${address}/namespaces/${ns}/key?name=doc`);
  await page.locator('.segments').getByText('Tree', { exact: true }).click();
  await page.getByRole('button', { name: 'Open b' }).click();
  await page.getByRole('button', { name: 'Edit a.b.1: 2' }).click();
  await page.getByLabel('a.b.1').fill('"two"');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+s');
  await page.getByText('Saved.').first().waitFor();
  equal(JSON.parse((await api(page, 'GET', `/api/keys/${ns}/doc`)).body.result.value), { a: { b: [1, 'two'] } }, 'value');
  await close();
});

await check('the keyboard alone finds, selects and opens keys', async () => {
  const { page, close } = await signedIn();
  const ns = await namespace(page, 'flow-keyboard');
  for (const name of ['alpha', 'beta:1', 'beta:2', 'beta:3']) await put(page, ns, name, name);
  await page.goto(`${address}/namespaces/${ns}`);
  await rows(page).first().waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('beta:');
  await page.waitForFunction(() => document.querySelectorAll('.keys-name').length === 3);
  await page.keyboard.press('Enter');
  holds(page.url().includes('prefix=beta'), page.url());
  await page.locator('.keys').focus();
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.getByText('2 keys selected').waitFor();
  await page.keyboard.press('Escape');
  equal(await page.locator('.bulk').count(), 0, 'bars after Escape');
  await page.keyboard.press('j');
  await page.keyboard.press('e');
  await page.getByRole('heading', { level: 1, name: 'beta:3' }).waitFor();
  await page.goBack();
  await page.waitForFunction(() => document.querySelectorAll('.keys-name').length === 3);
  equal(await page.getByRole('searchbox').inputValue(), 'beta:', 'filter after going back');
  await page.reload();
  await page.waitForFunction(() => document.querySelectorAll('.keys-name').length === 3);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('audit');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/audit');
  await close();
});

await check('the theme is chosen and stays', async () => {
  const { page, close } = await signedIn();
  const background = () => page.evaluate(() => getComputedStyle(document.querySelector('main')).backgroundColor);
  const light = await background();
  await page.goto(`${address}/settings`);
  await page.locator('.segments').getByText('Dark', { exact: true }).click();
  const dark = await background();
  holds(dark !== light, `${dark} and ${light}`);
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  equal(await background(), dark, 'background after a reload');
  await close();
});

await check('a dialog gives the focus back to what opened it', async () => {
  const { page, close } = await signedIn();
  await namespace(page, 'flow-focus');
  await page.reload();
  const opener = page.getByRole('button', { name: 'New namespace' });
  await opener.click();
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.activeElement?.textContent === 'New namespace');
  await close();
});

await check('a million keys are scrolled', async () => {
  const { page, complaints, close } = await signedIn();
  const ns = await namespace(page, 'flow-million');
  const total = 1_000_000;
  const name = (at) => `key:${String(at).padStart(7, '0')}`;
  await page.route('**/list?*', (route) => {
    const from = Number(new URL(route.request().url()).searchParams.get('cursor') ?? 0);
    const keys = Array.from({ length: 1000 }, (_, at) => ({ name: name(from + at) }));
    const done = from + 1000 >= total;
    return route.fulfill({ json: { success: true, result: { keys, list_complete: done, ...(done ? {} : { cursor: String(from + 1000) }) } } });
  });
  await page.goto(`${address}/namespaces/${ns}`);
  await rows(page).first().waitFor();
  const grid = page.locator('.keys');
  await page.evaluate(async (wanted) => {
    const list = document.querySelector('.keys');
    while (Number(list.dataset.rows) < wanted) {
      list.scrollTop = list.scrollHeight;
      await new Promise(requestAnimationFrame);
    }
    list.scrollTop = list.scrollHeight;
  }, total);
  await grid.getByText(name(total - 1)).waitFor();
  const drawn = await page.locator('.keys-row').count();
  holds(drawn < 100, `${drawn} rows are drawn`);
  await grid.evaluate((list) => (list.scrollTop = list.scrollHeight / 2));
  await page.waitForFunction(() => /key:0(4999|5000)/.test(document.querySelector('.keys-name')?.textContent ?? ''));
  equal(complaints, [], 'complaints');
  await close();
});

await check('less than 200 KB of script come before the first screen', async () => {
  const { page, close } = await open();
  let bytes = 0;
  page.on('requestfinished', async (request) => {
    if (request.resourceType() === 'script') bytes += (await request.sizes()).responseBodySize;
  });
  await page.goto(`${address}/namespaces`, { waitUntil: 'networkidle' });
  holds(bytes > 0 && bytes <= 200_000, `${bytes} bytes`);
  await close();
});

await check('values and tokens stay out of addresses and of what the browser keeps', async () => {
  const { page, close } = await signedIn();
  const ns = await namespace(page, 'flow-secret');
  const secret = 'a-value-that-nobody-may-find';
  const addresses = [];
  page.on('request', (request) => addresses.push(request.url()));
  await put(page, ns, 'k', secret);
  await page.goto(`${address}/namespaces/${ns}/key?name=k`);
  await page.getByText(secret).waitFor();
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }) + document.cookie);
  holds(!kept.includes(secret), 'the browser keeps the value');
  holds(!addresses.some((one) => one.includes(secret)), 'an address has the value');
  await close();
});

await check('signing out ends the session', async () => {
  const { page, close } = await signedIn();
  await page.getByRole('button', { name: 'dev@localhost' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in to Triport' }).waitFor();
  equal((await api(page, 'GET', '/api/namespaces')).status, 401, 'status afterwards');
  await close();
});
