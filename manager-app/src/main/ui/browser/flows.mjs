import { readFile } from 'node:fs/promises';
import { address, api, check, equal, fill, holds, namespace, now, open, put, signedIn, SIZES } from './harness.mjs';

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
  await now(page, 'flow-two');
  await page.getByText('flow-two was deleted.').waitFor();
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
  const saved = page.waitForResponse((response) => response.request().method() === 'PUT' && response.url().includes('/api/keys/'));
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await saved;
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
  await page.keyboard.type('settings');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/settings');
  await close();
});

await check('the theme is chosen and stays', async () => {
  const { page, close } = await signedIn();
  const background = () => page.evaluate(() => getComputedStyle(document.querySelector('main')).backgroundColor);
  const light = await background();
  await page.goto(`${address}/settings`);
  await page.locator('.segments').getByText('Dark', { exact: true }).click();
  await page.locator('html[data-theme=dark]').waitFor();
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
  // The store would take minutes to fill; what is asked here is whether the page bears so many.
  await page.addInitScript((count) => {
    const real = window.fetch;
    window.fetch = (to, request) => {
      const url = new URL(String(to), location.href);
      if (!url.pathname.endsWith('/list')) return real(to, request);
      const from = Number(url.searchParams.get('cursor') ?? 0);
      const keys = Array.from({ length: 1000 }, (_, at) => ({ name: `key:${String(from + at).padStart(7, '0')}` }));
      const last = from + 1000 >= count;
      return Promise.resolve(Response.json({ success: true, result: { keys, list_complete: last, ...(last ? {} : { cursor: String(from + 1000) }) } }));
    };
  }, total);
  await page.goto(`${address}/namespaces/${ns}`);
  await rows(page).first().waitFor();
  await page.waitForFunction(
    (last) => {
      const list = document.querySelector('.keys');
      list.scrollTop = list.scrollHeight;
      return list.textContent.includes(last);
    },
    name(total - 1),
    { timeout: 600_000 },
  );
  const drawn = await page.locator('.keys-row').count();
  holds(drawn < 100, `${drawn} rows are drawn`);
  await page.locator('.keys').evaluate((list) => (list.scrollTop = list.scrollHeight / 2));
  await page.waitForFunction(() => /key:0(4999|5000)/.test(document.querySelector('.keys-name')?.textContent ?? ''));
  equal(complaints, [], 'complaints');
  await close();
});

await check('less than 200 KB of script come before the first screen', async () => {
  const { page, close } = await open();
  await page.getByLabel('API token').waitFor();
  const bytes = await page.evaluate(() => performance.getEntriesByType('resource').filter((one) => one.name.endsWith('.js')).reduce((sum, one) => sum + one.encodedBodySize, 0));
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

const import_ = async (page, ns, items) => {
  await page.goto(`${address}/namespaces/${ns}/import`);
  await page.getByLabel('Or paste it').fill(JSON.stringify(items));
  await page.getByRole('button', { name: 'Look at it' }).click();
};

await check('a pasted file is looked at, imported as a job, and heard over a socket', async () => {
  const { page, complaints, close } = await signedIn();
  const ns = await namespace(page, 'flow-import');
  await put(page, ns, 'there', 'old');
  const sockets = [];
  page.on('websocket', (socket) => sockets.push(socket.url()));
  await import_(page, ns, [{ name: 'there', value: 'new' }, { name: 'fresh', value: 'v', tags: ['t'], metadata: { m: 1 } }]);
  await page.locator('.figures').waitFor();
  equal(await page.locator('.figures strong').allTextContents(), ['2', '1', '1', '0', '0', '0'], 'counts');
  await page.locator('.segments').getByText('Skip', { exact: true }).click();
  await page.getByRole('button', { name: 'Import 2 keys' }).click();
  await page.locator('.timeline li.completed').waitFor();
  await page.locator('.tray .badge.ok').waitFor();
  const ofJobs = sockets.filter((one) => one.includes('/api/jobs/'));
  holds(ofJobs.length === 1 && ofJobs[0].endsWith('/ws'), `sockets ${sockets}`);
  equal((await api(page, 'GET', `/api/keys/${ns}/there`)).body.result.value, 'old', 'the key that was there');
  equal((await api(page, 'GET', `/api/keys/${ns}/fresh`)).body.result.metadata, { m: 1 }, 'metadata');
  await page.getByRole('button', { name: 'Dismiss all' }).click();
  equal(await page.locator('.tray').count(), 0, 'trays');
  equal(complaints, [], 'complaints');
  await close();
});

await check('a file that is dropped is looked at as one that is pasted', async () => {
  const { page, close } = await signedIn();
  const ns = await namespace(page, 'flow-drop');
  await page.goto(`${address}/namespaces/${ns}/import`);
  const dataTransfer = await page.evaluateHandle(() => {
    const carried = new DataTransfer();
    carried.items.add(new File(['{"name":"a","value":"1"}\n{"name":"b","value":"2"}'], 'dropped.ndjson'));
    return carried;
  });
  await page.dispatchEvent('.drop', 'drop', { dataTransfer });
  await page.getByText('dropped.ndjson').waitFor();
  await page.getByRole('button', { name: 'Import 2 keys' }).waitFor();
  await close();
});

await check('a value of 25 MiB is read in parts, and shown whole where that is wished', async () => {
  const { page, complaints, close } = await signedIn();
  const ns = await namespace(page, 'flow-large');
  const size = 25 * 1024 * 1024;
  await page.evaluate(
    async ([id, bytes]) => {
      const line = `${'0123456789'.repeat(6)}abc\n`;
      const text = `${line.repeat(bytes / 64 - 1)}${'z'.repeat(63)}\n`;
      await fetch(`/api/keys/${id}/large/raw`, { method: 'PUT', body: new Blob([text]) });
    },
    [ns, size],
  );
  const read = [];
  page.on('response', (response) => response.url().endsWith('/large/raw') && read.push([response.status(), Number(response.headers()['content-length'])]));
  await page.goto(`${address}/namespaces/${ns}/key?name=large`);
  await page.getByText('The first MiB of 25.0 MiB is shown').waitFor();
  equal(read, [[206, 1024 * 1024]], 'what was read at first');
  await page.getByRole('button', { name: 'Show all of it' }).click();
  await page.waitForFunction(() => document.querySelector('.value-note') === null);
  equal(read.at(-1), [200, size], 'what was read then');
  await page.locator('.segments').getByText('Hex', { exact: true }).click();
  await page.locator('.hex').evaluate((hex) => (hex.scrollTop = hex.scrollHeight));
  await page.getByText('zzzzzzzzzzzzzzz').first().waitFor();
  equal(complaints, [], 'complaints');
  await close();
});

await check('columns and the delimiter are chosen and stay', async () => {
  const { page, close } = await signedIn();
  const [ns, other] = [await namespace(page, 'flow-columns'), await namespace(page, 'flow-columns-other')];
  for (const id of [ns, other]) await put(page, id, 'a/b:c', 'v', { metadata: { m: 1 } });
  await page.goto(`${address}/namespaces/${ns}?tree=shown`);
  const tree = page.getByRole('region', { name: 'Prefixes' });
  await tree.getByText('a/b:', { exact: true }).waitFor();
  await tree.getByRole('combobox', { name: 'Delimiter' }).selectOption('/');
  await tree.getByText('a/', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Size' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Metadata' }).click();
  await page.keyboard.press('Escape');
  await page.reload();
  await page.getByText('{"m":1}').waitFor();
  equal(await page.locator('.column-size').count(), 0, 'a column that was hidden');
  await tree.getByText('a/', { exact: true }).waitFor();
  await page.goto(`${address}/namespaces/${other}?tree=shown`);
  await tree.getByText('a/b:', { exact: true }).waitFor();
  await close();
});

await check('a file that cannot be read is refused with its line', async () => {
  const { page, close } = await signedIn();
  const ns = await namespace(page, 'flow-broken');
  await page.goto(`${address}/namespaces/${ns}/import`);
  await page.getByLabel('Or paste it').fill('[{"name":"a","value":"b"},\n{"name":');
  await page.getByRole('button', { name: 'Look at it' }).click();
  await page.locator('.banner.bad').waitFor();
  holds(await page.getByRole('button', { name: 'Import', exact: true }).isDisabled(), 'it can be imported');
  await close();
});

await check('an export is downloaded whole', async () => {
  const { page, close } = await signedIn();
  const ns = await namespace(page, 'flow-export');
  await put(page, ns, 'a', 'one', { metadata: { m: 1 } });
  await put(page, ns, 'b', '/wA=', { encoding: 'base64' });
  await page.goto(`${address}/namespaces/${ns}/export`);
  await page.getByRole('button', { name: 'Export' }).click();
  const waiting = page.waitForEvent('download');
  await page.locator('.page-actions').getByRole('link', { name: 'Download' }).click();
  const download = await waiting;
  holds(download.suggestedFilename().startsWith('flow-export-'), download.suggestedFilename());
  const items = (await readFile(await download.path(), 'utf8')).trim().split('\n').map((line) => JSON.parse(line));
  equal(items.map(({ name, value, encoding, metadata }) => [name, value, encoding ?? 'utf8', metadata ?? null]), [['a', 'one', 'utf8', { m: 1 }], ['b', '/wA=', 'base64', null]], 'items');
  await close();
});

await check('selected keys get an expiration, are copied, and deleted', async () => {
  const { page, close } = await signedIn();
  const target = await namespace(page, 'flow-bulk-target');
  const ns = await namespace(page, 'flow-bulk');
  for (const name of ['a', 'b', 'c']) await put(page, ns, name, name);
  await page.goto(`${address}/namespaces/${ns}`);
  await rows(page).first().waitFor();
  const select = async (...names) => {
    for (const name of names) await page.getByRole('checkbox', { name: `Select ${name}`, exact: true }).click();
  };
  const done = () => page.locator('.tray .badge.ok').first().waitFor();
  const bar = page.locator('.bulk');

  await select('a', 'b');
  await bar.getByRole('button', { name: 'Copy' }).click();
  await page.getByLabel('To the namespace').selectOption({ label: 'flow-bulk-target' });
  await page.getByRole('dialog').getByRole('button', { name: 'Copy' }).click();
  await done();
  equal((await api(page, 'GET', `/api/keys/${target}/list`)).body.result.keys.map((key) => key.name), ['a', 'b'], 'copied');
  await page.getByRole('button', { name: 'Dismiss all' }).click();

  await select('c');
  await bar.getByRole('button', { name: 'Expiration' }).click();
  await page.getByRole('dialog').getByText('7 days').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Set' }).click();
  await page.locator('.column-expires').getByText('in 7 d').waitFor();
  await done();
  await page.getByRole('button', { name: 'Dismiss all' }).click();

  await select('a', 'c');
  await bar.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.waitForFunction(() => document.querySelectorAll('.keys-name').length === 1);
  equal((await api(page, 'GET', `/api/keys/${ns}/list`)).body.result.keys.map((key) => key.name), ['b'], 'left');
  await close();
});

await check('all keys that match are chosen across pages, and the job that changes them is cancelled from the tray', async () => {
  const { page, complaints, close } = await signedIn();
  const ns = await namespace(page, 'flow-cancel');
  const total = 20_000;
  await fill(page, ns, Array.from({ length: total }, (_, at) => ({ name: `key:${at}`, value: String(at) })));
  await page.goto(`${address}/namespaces/${ns}`);
  await rows(page).first().waitFor();
  await page.getByRole('checkbox', { name: 'Select all loaded keys' }).click();
  await page.getByRole('button', { name: 'Select all 20,000 that match' }).click();
  await page.getByText('All 20,000 keys of the namespace selected').waitFor();
  // Each of them becomes a file, which takes a while.
  await page.locator('.bulk').getByRole('button', { name: 'To objects' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Copy' }).click();
  const tray = page.locator('.tray');
  await tray.getByText('Live').waitFor();
  await tray.getByRole('button', { name: 'Cancel' }).click();
  await tray.locator('.badge').getByText('cancelled').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('key:77');
  await page.waitForFunction(() => document.querySelector('.keys-name')?.textContent === 'key:77');
  const { jobs } = (await api(page, 'GET', `/api/jobs?namespace_id=${ns}&operation_type=r2_copy`)).body.result;
  equal(jobs[0].status, 'cancelled', 'state');
  holds(jobs[0].processed_keys < total, `${jobs[0].processed_keys} of ${total} were done`);
  await page.getByRole('link', { name: 'Statistics' }).click();
  await tray.locator('.badge').getByText('cancelled').waitFor();
  await tray.getByRole('link').first().click();
  await page.locator('.timeline li.cancelled').waitFor();
  await page.getByRole('button', { name: 'Dismiss all' }).click();
  equal(await page.locator('.tray').count(), 0, 'trays');
  equal(complaints, [], 'complaints');
  await close();
});

await check('keys are copied to objects, which are listed, downloaded, and deleted', async () => {
  const { page, complaints, close } = await signedIn();
  const ns = await namespace(page, 'flow-objects');
  for (const name of ['a/b', 'c']) await put(page, ns, name, `value of ${name}`);
  await page.goto(`${address}/namespaces/${ns}/objects`);
  await page.getByRole('heading', { name: 'No objects' }).waitFor();
  await page.getByRole('link', { name: 'Keys', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Select a/b' }).click();
  await page.getByRole('checkbox', { name: 'Select c' }).click();
  const dialog = page.getByRole('dialog');
  const toObjects = () => page.locator('.bulk').getByRole('button', { name: 'To objects' }).click();
  await toObjects();
  await dialog.getByLabel('Folder').fill('/up');
  await dialog.getByText('It does not begin with a slash.').waitFor();
  holds(await dialog.getByRole('button', { name: 'Copy' }).isDisabled(), 'a folder that begins with a slash');
  await dialog.getByLabel('Folder').fill('copies/');
  await dialog.getByRole('button', { name: 'Dry run' }).click();
  await dialog.getByText('2 keys would be copied.').waitFor();
  await dialog.getByRole('button', { name: 'Copy' }).click();
  await page.locator('.tray .badge.ok').waitFor();
  await page.getByRole('checkbox', { name: 'Select c' }).click();
  await toObjects();
  await dialog.getByLabel('Folder').fill('copies');
  await dialog.getByRole('button', { name: 'Dry run' }).click();
  await dialog.getByText('1 key would be copied, 1 object replaced.').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Objects', exact: true }).click();
  await page.getByRole('cell', { name: 'copies/a/b', exact: true }).waitFor();
  const waiting = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download copies/a/b' }).click();
  const download = await waiting;
  equal([download.suggestedFilename(), await readFile(await download.path(), 'utf8')], ['b', 'value of a/b'], 'the download');
  await page.getByLabel('Filter by prefix').fill('copies/c');
  await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1);
  holds(page.url().includes('prefix=copies'), page.url());
  await page.getByRole('button', { name: 'Delete copies/c' }).click();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await now(page, 'copies/c');
  await page.getByRole('heading', { name: 'No object begins like this' }).waitFor();
  equal((await api(page, 'GET', `/api/r2-objects/${ns}`)).body.result.objects.map((one) => one.path), ['copies/a/b'], 'objects that are left');
  equal((await api(page, 'GET', `/api/keys/${ns}/c`)).body.result.value, 'value of c', 'the key');
  equal(complaints, [], 'complaints');
  await close();
});

await check('the tray of jobs covers no control, on a phone neither', async () => {
  for (const size of SIZES) {
    const { page, close } = await signedIn(size);
    const ns = await namespace(page, `flow-tray-${size.width}`);
    await fill(page, ns, Array.from({ length: 60 }, (_, at) => ({ name: `key:${String(at).padStart(2, '0')}`, value: 'v' })));
    await page.goto(`${address}/namespaces/${ns}`);
    const chosen = page.locator('.bulk').getByRole('button', { name: 'To objects' });
    for (let time = 0; time < 2; time++) {
      await page.getByRole('checkbox', { name: 'Select key:00' }).click();
      await chosen.click();
      await page.getByRole('dialog').getByRole('button', { name: 'Copy' }).click();
      await page.locator('.tray .badge.ok').nth(time).waitFor();
    }
    await page.locator('.keys').evaluate((list) => (list.scrollTop = list.scrollHeight));
    await page.locator('.keys-name').getByText('key:59').click();
    await page.getByRole('heading', { level: 1, name: 'key:59' }).waitFor();
    await close();
  }
});

await check('several namespaces are exported, backed up and brought in step at once', async () => {
  const { page, close } = await signedIn();
  const one = await namespace(page, 'flow-many-1');
  const other = await namespace(page, 'flow-many-2');
  for (const ns of [one, other]) await put(page, ns, 'k', 'v');
  await page.goto(`${address}/namespaces?filter=flow-many`);
  const bar = page.getByRole('region', { name: 'Selected namespaces' });
  const all = page.getByRole('checkbox', { name: 'Select all namespaces' });
  await all.click();
  await bar.getByText('2 namespaces selected').waitFor();
  await page.keyboard.press('Escape');
  equal(await bar.count(), 0, 'bars after Escape');
  await all.click();
  await bar.getByRole('button', { name: 'Sync' }).click();
  await page.getByText('2 keys in the index, none of them new.').waitFor();
  await bar.waitFor({ state: 'detached' });
  await all.click();
  await bar.getByRole('button', { name: 'Export' }).click();
  await bar.waitFor({ state: 'detached' });
  // The file of a job is linked once the job was read again, which is after its badge.
  await page.locator('.tray').getByRole('link', { name: 'Download' }).nth(1).waitFor();
  await all.click();
  await bar.getByRole('button', { name: 'Back up' }).click();
  await page.locator('.tray .badge.ok').nth(2).waitFor();
  for (const ns of [one, other]) equal((await api(page, 'GET', `/api/r2-backup/${ns}/list`)).body.result.length, 1, 'backups');
  await page.getByRole('button', { name: 'Actions of flow-many-1' }).click();
  await page.getByRole('menuitem', { name: 'Sync' }).click();
  await page.getByText('1 key in the index, none of them new.').waitFor();
  await close();
});

await check('items that are not valid are a list to download, before the import and after it', async () => {
  const { page, close } = await signedIn();
  const ns = await namespace(page, 'flow-invalid');
  const saved = async (button) => {
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: button }).click();
    return readFile(await (await waiting).path(), 'utf8');
  };
  await import_(page, ns, [{ name: 'good', value: 'v' }, { name: '=1+1', value: 'v', ttl: 5 }, { name: 'x'.repeat(513), value: 'v' }]);
  await page.locator('.figures').waitFor();
  const before = (await saved('Download the list')).split('\r\n');
  equal(before.length, 3, 'lines before');
  holds(before[0] === 'Line,Key,Code,Reason' && before[1].includes(`"'=1+1"`), before.join());
  await page.getByRole('button', { name: 'Import 1 key' }).click();
  await page.locator('.timeline li.completed').waitFor();
  await page.getByRole('heading', { name: '2 errors' }).waitFor();
  const after = (await saved('Download the list')).split('\r\n');
  equal(after.length, 3, 'lines after');
  equal(after[0], 'Key,Code,Message', 'head');
  await close();
});

await check('what a schema says against a value stands in its place of the tree', async () => {
  const { page, close } = await signedIn();
  const ns = await namespace(page, 'flow-schema');
  const schema = { type: 'object', properties: { items: { type: 'array', items: { type: 'object', properties: { amount: { type: 'integer' } } } } } };
  await put(page, ns, 'doc', JSON.stringify({ items: [{ amount: 1 }, { amount: 2 }] }));
  await api(page, 'PUT', `/api/namespaces/${ns}/settings`, { schema: [{ pattern: '*', schema }] });
  await page.goto(`${address}/namespaces/${ns}/key?name=doc`);
  await page.locator('.cm-content').fill('{"items":[{"amount":1},{"amount":"two"}]}');
  await page.keyboard.press('Control+s');
  await page.locator('.json-row', { hasText: 'amount: "two"' }).locator('.json-wrong').waitFor();
  equal(await page.locator('.json-wrong').count(), 1, 'places that are marked');
  equal((await api(page, 'GET', `/api/keys/${ns}/doc`)).body.result.value, '{"items":[{"amount":1},{"amount":2}]}', 'value after the refusal');
  await page.getByRole('button', { name: 'Edit items.1.amount: "two"' }).click();
  await page.getByLabel('items.1.amount').fill('3');
  await page.keyboard.press('Enter');
  equal(await page.locator('.json-wrong').count(), 0, 'marks after an edit');
  await page.keyboard.press('Control+s');
  await page.getByText('Saved.').first().waitFor();
  equal(JSON.parse((await api(page, 'GET', `/api/keys/${ns}/doc`)).body.result.value).items[1], { amount: 3 }, 'value');
  await close();
});

await check('an API key is shown once, signs in, and ends the session that was begun with it', async () => {
  const { page, close } = await signedIn();
  await page.goto(`${address}/settings/api-keys`);
  await page.getByRole('button', { name: 'New API key' }).click();
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('flow key');
  await page.getByRole('dialog').getByLabel('Role', { exact: true }).selectOption('editor');
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
  const token = await page.getByLabel('The new API key').inputValue();
  await page.getByRole('button', { name: 'I have kept it' }).click();
  holds(!(await page.content()).includes(token), 'the page shows the key again');
  const guest = await open();
  await guest.page.getByLabel('API token').fill(token);
  await guest.page.getByRole('button', { name: 'Sign in with the token' }).click();
  await guest.page.getByRole('heading', { level: 1, name: 'Namespaces' }).waitFor();
  equal(await guest.page.getByRole('button', { name: 'New namespace' }).count(), 0, 'what admins alone are offered');
  await page.getByRole('button', { name: 'Delete flow key' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete now' }).click();
  await page.getByText('flow key was deleted.').waitFor();
  equal((await api(guest.page, 'GET', '/api/namespaces')).status, 401, 'status of the session');
  await guest.page.goto(`${address}/search`);
  await guest.page.getByRole('heading', { name: 'Sign in to Triport' }).waitFor();
  await guest.close();
  await close();
});

await check('whatever has the focus shows it', async () => {
  const { page, close } = await signedIn();
  await namespace(page, 'flow-visible');
  await page.reload();
  await page.getByRole('link', { name: 'flow-visible' }).waitFor();
  const seen = new Set();
  for (let at = 0; at < 40; at++) {
    await page.keyboard.press('Tab');
    const found = await page.evaluate(() => {
      const one = document.activeElement;
      if (one === document.body) return null;
      const style = getComputedStyle(one);
      const around = one.closest('label, .searchbox') ?? one;
      const shown = [style, getComputedStyle(around)].some((each) => (each.outlineStyle !== 'none' && parseFloat(each.outlineWidth) > 0) || each.boxShadow !== 'none');
      return { name: one.getAttribute('aria-label') ?? one.textContent, shown };
    });
    if (found === null) break;
    holds(found.shown, `${found.name} does not show that it has the focus`);
    seen.add(found.name);
  }
  holds(seen.size > 8, `${[...seen]}`);
  await close();
});

await check('jobs are listed with filters in the address', async () => {
  const { page, close } = await signedIn();
  await page.goto(`${address}/jobs`);
  await page.locator('.table').waitFor();
  await page.getByLabel('Kind').selectOption('bulk_copy');
  await page.waitForFunction(() => [...document.querySelectorAll('tbody .row-link')].every((one) => one.textContent === 'Copy keys'));
  holds(page.url().includes('type=bulk_copy'), page.url());
  await page.getByLabel('Errors at least').fill('1');
  await page.getByRole('heading', { name: 'No job matches' }).waitFor();
  await page.reload();
  equal(await page.getByLabel('Errors at least').inputValue(), '1', 'a filter after a reload');
  await page.getByLabel('Errors at least').fill('');
  await page.getByLabel('Order').selectOption('total_keys');
  await page.getByLabel('Direction').selectOption('asc');
  await page.waitForURL('**/jobs?*direction=asc*');
  await page.getByRole('link', { name: 'Copy keys' }).first().click();
  await page.locator('.timeline li.completed').waitFor();
  await close();
});

await check('sample data is offered where there is nothing, and not forced', async () => {
  const { page, close } = await signedIn();
  await page.route('**/api/namespaces', (route) => (route.request().method() === 'GET' ? route.fulfill({ json: { success: true, result: [] } }) : route.fallback()), { times: 1 });
  await page.reload();
  await page.getByRole('button', { name: 'Add sample data' }).click();
  await page.getByRole('heading', { level: 1, name: 'sample-shop' }).waitFor();
  await page.getByText('240 keys').first().waitFor();
  await close();
});

const label = (page, ns, name, tags) => api(page, 'PUT', `/api/metadata/${ns}/${encodeURIComponent(name)}`, { tags });

await check('an earlier version is compared and restored', async () => {
  const { page, complaints, close } = await signedIn();
  const ns = await namespace(page, 'flow-versions');
  await put(page, ns, 'k', '{"n": 1}');
  await put(page, ns, 'k', '{"n": 2}');
  await page.goto(`${address}/namespaces/${ns}/key?name=k`);
  await page.getByRole('tab', { name: 'Versions' }).click();
  holds(page.url().includes('tab=versions'), page.url());
  await page.getByRole('button', { name: 'Compare' }).first().click();
  await page.locator('.diff .cm-changedLine').first().waitFor();
  await page.getByRole('button', { name: 'Restore this version' }).click();
  await page.getByText('is the value again').first().waitFor();
  equal((await api(page, 'GET', `/api/keys/${ns}/k`)).body.result.value, '{"n": 1}', 'value');
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.locator('.cm-content').getByText('2').waitFor();
  equal((await api(page, 'GET', `/api/keys/${ns}/k`)).body.result.value, '{"n": 2}', 'value after it was undone');
  equal(complaints, [], 'complaints');
  await close();
});

await check('a deleted key is brought back', async () => {
  const { page, close } = await signedIn();
  const ns = await namespace(page, 'flow-undo');
  await put(page, ns, 'gone', 'value', { metadata: { m: 1 } });
  await label(page, ns, 'gone', ['t']);
  await page.goto(`${address}/namespaces/${ns}/key?name=gone`);
  await page.getByRole('button', { name: 'Actions of the key' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('heading', { name: 'No keys yet' }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('heading', { level: 1, name: 'gone' }).waitFor();
  const back = (await api(page, 'GET', `/api/keys/${ns}/gone`)).body.result;
  equal([back.value, back.metadata], ['value', { m: 1 }], 'what came back');
  await page.locator('.tag').getByText('t', { exact: true }).waitFor();
  await close();
});

await check('tags are added to selected keys, and found by the search', async () => {
  const { page, close } = await signedIn();
  const ns = await namespace(page, 'flow-search');
  for (const name of ['needle:1', 'needle:2', 'straw']) await put(page, ns, name, name);
  await page.goto(`${address}/namespaces/${ns}`);
  await page.getByRole('checkbox', { name: 'Select needle:1' }).click();
  await page.locator('.bulk').getByRole('button', { name: 'Tags' }).click();
  await page.getByLabel('Tags', { exact: true }).fill('sharp');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Add' }).click();
  await page.locator('.column-tags .tag').getByText('sharp').waitFor();
  await page.getByRole('link', { name: 'Search', exact: true }).click();
  await page.getByLabel('Part of a name').fill('eedle');
  await page.getByText('2 keys', { exact: true }).waitFor();
  equal(await page.locator('mark').first().textContent(), 'eedle', 'what is marked');
  await page.getByLabel('Tags, divided by commas').fill('sharp');
  await page.getByText('1 key', { exact: true }).waitFor();
  await page.reload();
  await page.getByText('1 key', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'needle:1' }).click();
  await page.getByRole('heading', { level: 1, name: 'needle:1' }).waitFor();
  await close();
});

await check('the prefix tree narrows the list, and columns sort it', async () => {
  const { page, close } = await signedIn();
  const ns = await namespace(page, 'flow-prefix');
  for (const [name, value] of [['a:x:1', 'v'], ['a:x:2', 'vvvv'], ['a:y', 'vv'], ['b', 'v']]) await put(page, ns, name, value);
  await page.goto(`${address}/namespaces/${ns}`);
  await rows(page).first().waitFor();
  await page.keyboard.press('t');
  await page.getByRole('button', { name: 'Open a:' }).click();
  await page.locator('.tree-item').getByText('x:').click();
  await page.waitForFunction(() => document.querySelectorAll('.keys-name').length === 2);
  await page.locator('.tree-item').getByText('All keys').click();
  await page.getByRole('button', { name: 'Size' }).click();
  await page.waitForFunction(() => document.querySelector('.keys-name')?.textContent === 'a:x:2');
  holds(page.url().includes('sort=largest'), page.url());
  await close();
});

await check('the audit log tells who did what, and is saved as CSV', async () => {
  const { page, close } = await signedIn();
  const ns = await namespace(page, 'flow-audit');
  await put(page, ns, '=formula', 'secret-value');
  await page.goto(`${address}/audit?namespace=${ns}`);
  await page.getByRole('link', { name: '=formula' }).waitFor();
  await page.getByLabel('Operation').selectOption('create');
  await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1);
  const waiting = page.waitForEvent('download');
  await page.getByRole('link', { name: 'CSV' }).click();
  const csv = await readFile(await (await waiting).path(), 'utf8');
  await page.getByRole('button', { name: 'Verify' }).click();
  await page.getByText('The log is whole').waitFor();
  holds(csv.startsWith('Timestamp,User,Operation,Key Name,Namespace,Details') && csv.includes("'=formula") && !csv.includes('secret-value'), csv);
  await close();
});
