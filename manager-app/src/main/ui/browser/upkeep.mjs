import { address, api, check, equal, fill, has, holds, namespace, now, put, signedIn, undo } from './harness.mjs';

const dialog = (page) => page.getByRole('dialog');
const names = (page) => page.locator('tbody .row-link.mono');

await check('keys and namespaces get a colour from the palette by keyboard', async () => {
  const { page, close } = await signedIn();
  const ns = await namespace(page, 'flow-color');
  await put(page, ns, 'painted', 'v');
  await page.goto(`${address}/namespaces/${ns}/key?name=painted`);
  await page.getByRole('button', { name: 'Colour of the key: none' }).focus();
  await page.keyboard.press('Enter');
  const focused = (name) => page.waitForFunction((wanted) => document.activeElement?.getAttribute('aria-label') === wanted, name);
  await focused('light red');
  await page.keyboard.press('ArrowDown');
  await focused('red');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Colour of the key: red' }).waitFor();
  equal((await api(page, 'GET', `/api/keys/${ns}/colors`)).body.result, { painted: 'red' }, 'colours of keys');
  await page.goto(`${address}/namespaces/${ns}`);
  await page.locator('.keys-row').getByRole('img', { name: 'red' }).waitFor();
  await page.goto(`${address}/namespaces/${ns}/settings`);
  await page.getByRole('button', { name: 'Colour of flow-color: none' }).click();
  await page.getByRole('menuitemradio', { name: 'teal' }).click();
  await page.locator('.crumbs').getByRole('img', { name: 'teal' }).waitFor();
  await page.getByRole('button', { name: 'Colour of flow-color: teal' }).click();
  await page.getByRole('menuitemradio', { name: 'no colour' }).click();
  await page.getByRole('button', { name: 'Colour of flow-color: none' }).waitFor();
  await close();
});

await check('a key is renamed with all that belongs to it, and the renaming is undone', async () => {
  const { page, close } = await signedIn();
  const ns = await namespace(page, 'flow-rename');
  await put(page, ns, 'before', 'v', { metadata: { m: 1 } });
  await put(page, ns, 'taken', 'w');
  await api(page, 'PUT', `/api/metadata/${ns}/before`, { tags: ['t'] });
  await page.goto(`${address}/namespaces/${ns}/key?name=before`);
  const rename = async (name) => {
    await page.getByRole('button', { name: 'Actions of the key' }).click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await dialog(page).getByLabel('Name').fill(name);
    await dialog(page).getByRole('button', { name: 'Rename' }).click();
  };
  await rename('taken');
  await dialog(page).getByRole('alert').waitFor();
  await page.keyboard.press('Escape');
  await rename('after');
  await page.getByRole('heading', { level: 1, name: 'after' }).waitFor();
  await page.locator('.tag').getByText('t', { exact: true }).waitFor();
  equal((await api(page, 'GET', `/api/keys/${ns}/before`)).status, 404, 'the old name');
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('heading', { level: 1, name: 'before' }).waitFor();
  equal((await api(page, 'GET', `/api/keys/${ns}/before`)).body.result.metadata, { m: 1 }, 'metadata');
  await close();
});

await check('keys are found by all that is known of them, and the search is saved, shared and loaded', async () => {
  const { page, close } = await signedIn();
  const ns = await namespace(page, 'flow-filters');
  await put(page, ns, 'doc:1', 'short');
  await put(page, ns, 'doc:22', 'x'.repeat(3000), { expiration_ttl: 6000 });
  await put(page, ns, 'other', 'x'.repeat(9000));
  await api(page, 'PUT', `/api/metadata/${ns}/doc%3A1`, { tags: ['a', 'b'], custom_metadata: { owner: { team: 'web' } } });
  await page.goto(`${address}/search?namespace=${ns}`);
  const found = (...expected) => page.waitForFunction((wanted) => JSON.stringify([...document.querySelectorAll('tbody .row-link.mono')].map((one) => one.textContent).sort()) === wanted, JSON.stringify(expected));
  await found('doc:1', 'doc:22', 'other');
  await page.getByRole('button', { name: 'Filters' }).click();
  await page.locator('.segments').getByText('Regex').click();
  await page.getByLabel('Part of a name').fill('^doc:\\d+$');
  await found('doc:1', 'doc:22');
  await page.getByLabel('Size at least').fill('1000');
  await found('doc:22');
  await page.getByLabel('Size at least').fill('');
  await page.getByLabel('Expiration').selectOption('false');
  await found('doc:1');
  await page.getByLabel('Expiration').selectOption('');
  await page.getByLabel('Metadata field').fill('owner.team');
  await page.getByLabel('is', { exact: true }).fill('web');
  await found('doc:1');
  await page.getByLabel('Tags, divided by commas').fill('a,zzz');
  await page.locator('.segments').getByText('All', { exact: true }).click();
  await page.getByRole('heading', { name: 'Nothing matches' }).waitFor();
  await page.getByLabel('Tags, divided by commas').fill('a,b');
  await found('doc:1');
  await page.reload();
  await found('doc:1');

  await page.getByRole('button', { name: 'Saved' }).click();
  await page.getByRole('menuitem', { name: 'Save this search' }).click();
  await dialog(page).getByLabel('Name').fill('documents of web');
  await dialog(page).getByLabel('Everybody who may search sees it').check();
  await dialog(page).getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved as documents of web.').waitFor();
  await page.goto(`${address}/search`);
  await page.getByRole('button', { name: 'Saved' }).click();
  await page.getByRole('menuitem', { name: 'documents of web' }).click();
  await found('doc:1');
  equal(await page.getByLabel('Metadata field').inputValue(), 'owner.team', 'a filter that was loaded');
  await page.getByRole('button', { name: 'Saved' }).click();
  await page.getByRole('menuitem', { name: 'Share or delete' }).click();
  await page.getByRole('button', { name: 'Delete documents of web' }).click();
  await dialog(page).getByRole('button', { name: 'Now: documents of web' }).click();
  await page.getByText('documents of web was deleted.').waitFor();
  await close();
});

await check('a dry run says what would change, and changes nothing', async () => {
  const { page, close } = await signedIn();
  const target = await namespace(page, 'flow-dry-target');
  const ns = await namespace(page, 'flow-dry');
  for (const name of ['a', 'b']) await put(page, ns, name, name);
  await put(page, target, 'b', 'theirs');
  await page.goto(`${address}/namespaces/${ns}`);
  await page.getByRole('checkbox', { name: 'Select all loaded keys' }).click();
  await page.locator('.bulk').getByRole('button', { name: 'Copy' }).click();
  await page.getByLabel('To the namespace').selectOption({ label: 'flow-dry-target' });
  await page.getByRole('button', { name: 'Dry run' }).click();
  await page.getByText('2 keys would be changed, 1 key of the target overwritten.').waitFor();
  equal((await api(page, 'GET', `/api/keys/${target}/list`)).body.result.keys.map((key) => key.name), ['b'], 'keys of the target');
  await close();
});

await check('what failed of a job is tried again', async () => {
  const { page, close } = await signedIn();
  const ns = await namespace(page, 'flow-retry');
  await put(page, ns, 'there', 'v');
  const order = await api(page, 'POST', `/api/metadata/${ns}/bulk-tag`, { keys: ['there', 'late'], tags: ['t'], operation: 'add' });
  await page.goto(`${address}/jobs/${order.body.result.job_id}`);
  await page.getByRole('cell', { name: 'late' }).waitFor();
  await put(page, ns, 'late', 'v');
  await page.getByRole('button', { name: 'Retry what failed' }).click();
  await page.waitForFunction((old) => !location.pathname.includes(old), order.body.result.job_id);
  // Until then it is the old one that is shown as completed.
  await page.locator('code', { hasText: page.url().split('/').at(-1) }).waitFor();
  await page.locator('.timeline li.completed').waitFor();
  equal((await api(page, 'GET', `/api/metadata/${ns}/late`)).body.result.tags, ['t'], 'tags');
  await close();
});

await check('a deleted key is found among the deleted, and restored', async () => {
  const { page, close } = await signedIn();
  const ns = await namespace(page, 'flow-deleted');
  await put(page, ns, 'lost', 'found again');
  await api(page, 'DELETE', `/api/keys/${ns}/lost`);
  await page.goto(`${address}/namespaces/${ns}/deleted`);
  await page.getByRole('button', { name: 'Restore lost' }).click();
  await page.getByText('found again').waitFor();
  await close();
});

await check('a namespace keeps as many versions as its settings say', async () => {
  const { page, close } = await signedIn();
  const ns = await namespace(page, 'flow-settings');
  await page.goto(`${address}/namespaces/${ns}/settings`);
  await page.getByLabel('Keep versions for longer than 24 hours').check();
  await page.getByLabel('At most so many of a key').fill('7');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  await page.reload();
  equal(await page.getByLabel('At most so many of a key').inputValue(), '7', 'versions');
  const { versioning } = (await api(page, 'GET', `/api/namespaces/${ns}/settings`)).body.result;
  equal([versioning.enabled, versioning.max_versions], [true, 7], 'what is kept');
  await close();
});

await check('calls of keys are counted by hour and by namespace', async () => {
  const { page, close } = await signedIn();
  const ns = await namespace(page, 'flow-metrics');
  await put(page, ns, 'k', 'v');
  await page.goto(`${address}/overview`);
  await page.getByRole('row', { name: /flow-metrics \d/ }).waitFor();
  await page.getByLabel('Namespace').selectOption({ label: 'flow-metrics' });
  await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1);
  holds(page.url().includes(`namespace=${ns}`), page.url());
  await page.locator('.segments').getByText('7 days').click();
  await page.getByRole('heading', { name: 'Stored' }).waitFor();
  equal(await names(page).count(), 0, 'names of keys among metrics');
  await close();
});

if (has('GET /api/roles')) {
  await check('a role is granted for some namespaces and keys, changed, and taken back', async () => {
    const { page, close } = await signedIn();
    await page.goto(`${address}/settings/roles`);
    const grant = async (who, role, more = async () => {}) => {
      await page.getByRole('button', { name: 'New grant' }).click();
      await dialog(page).getByLabel('User', { exact: true }).fill(who);
      await dialog(page).getByLabel('Role').selectOption(role);
      await more();
      await dialog(page).getByRole('button', { name: 'Grant' }).click();
    };
    // The first, for from then on whoever has none has nothing.
    await grant('dev@localhost', 'admin');
    await page.getByRole('button', { name: 'Change dev@localhost: admin' }).waitFor();
    await grant('ada@example.org', 'editor', async () => {
      await dialog(page).getByLabel('Namespaces').fill('shop-*');
      await dialog(page).getByLabel('Keys that begin with').fill('cart:\nsession:');
    });
    await page.getByRole('cell', { name: 'cart:, session:' }).waitFor();
    await page.getByRole('button', { name: 'Change ada@example.org: editor' }).click();
    await dialog(page).getByLabel('Role').selectOption('viewer');
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    for (const who of ['ada@example.org: viewer', 'dev@localhost: admin']) {
      await page.getByRole('button', { name: `Take ${who} back` }).click();
      await dialog(page).getByRole('button', { name: 'Take back now' }).click();
      await page.waitForFunction((label) => document.querySelector(`[aria-label="${label}"]`) === null, `Take ${who} back`);
    }
    await page.getByRole('heading', { name: 'No grants' }).waitFor();
    await close();
  });

  await check('a read-only namespace offers nothing that would change it', async () => {
    const { page, close } = await signedIn();
    const ns = await namespace(page, 'flow-read-only');
    await put(page, ns, 'k', 'v');
    await page.goto(`${address}/namespaces/${ns}/settings`);
    await page.getByLabel(/^Read-only/).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.crumbs').getByText('read-only', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Keys', exact: true }).click();
    await page.locator('.keys-row').waitFor();
    equal(await page.getByRole('button', { name: 'New key' }).count(), 0, 'buttons that make keys');
    await page.goto(`${address}/namespaces/${ns}/settings`);
    await page.getByLabel(/^Read-only/).uncheck();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.crumbs').getByText('read-only', { exact: true }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Keys', exact: true }).click();
    await page.getByRole('button', { name: 'New key' }).waitFor();
    await close();
  });
}

if (has('POST /api/search')) {
  await check('values are searched by a job, whose page lists what was found', async () => {
    const { page, close } = await signedIn();
    const ns = await namespace(page, 'flow-values');
    await put(page, ns, 'hay', 'nothing here');
    await put(page, ns, 'stack', 'a needle in it');
    await page.goto(`${address}/search?namespace=${ns}`);
    await page.getByRole('button', { name: 'In values' }).click();
    await dialog(page).getByLabel('Text', { exact: true }).fill('needle');
    await dialog(page).getByRole('button', { name: 'Search' }).click();
    await page.getByRole('heading', { level: 1, name: 'Search in values' }).waitFor();
    await page.getByRole('link', { name: 'stack' }).waitFor();
    equal(await page.getByRole('link', { name: 'hay' }).count(), 0, 'keys without the text');
    await close();
  });
}

/** A webhook whose page is shown. */
async function hooked(page, name) {
  const { body } = await api(page, 'POST', '/api/webhooks', { name, url: 'https://hooks.invalid/late', events: ['key_update'] });
  await page.goto(`${address}/webhooks`);
  await page.getByRole('link', { name }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  return body.result.webhook.id;
}

async function remove(page) {
  await page.getByRole('button', { name: 'Delete the webhook' }).click();
  await dialog(page).getByRole('button', { name: 'Delete' }).click();
}

const statusOf = async (page, id) => (await api(page, 'GET', `/api/webhooks/${id}`)).status;

await check('what cannot be brought back goes after ten seconds, and until then its row shows it', async () => {
  const { page, close } = await signedIn();
  await page.clock.install();
  const id = await hooked(page, 'late hook');
  await remove(page);
  const row = page.getByRole('row', { name: /late hook/ });
  await row.getByText('About to be deleted').waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Undo: late hook');
  equal(await statusOf(page, id), 200, 'status while it can be undone');
  await page.clock.fastForward(10_000);
  await page.getByText('late hook was deleted.').waitFor();
  equal(await row.count(), 0, 'rows afterwards');
  equal(await statusOf(page, id), 404, 'status afterwards');
  await close();
});

await check('what is held back is undone by a key, in its row and in its notice, and nothing was asked of the manager', async () => {
  const { page, close } = await signedIn();
  const id = await hooked(page, 'staying hook');
  const asked = [];
  page.on('request', (request) => request.method() === 'DELETE' && asked.push(request.url()));
  const row = page.getByRole('row', { name: /staying hook/ });
  const ways = [() => page.keyboard.press('u'), () => row.getByRole('button', { name: 'Undo' }).click(), () => undo(page, 'staying hook')];
  for (const way of ways) {
    await remove(page);
    await row.getByText('About to be deleted').waitFor();
    await way();
    await row.getByText('About to be deleted').waitFor({ state: 'detached' });
    await row.getByRole('link', { name: 'staying hook' }).click();
    await page.getByRole('heading', { level: 1, name: 'staying hook' }).waitFor();
  }
  equal([asked, await statusOf(page, id)], [[], 200], 'deletions, and the status');
  await close();
});

await check('a page that is left while something is held back loses nothing and doubles nothing', async () => {
  const { page, complaints, close } = await signedIn();
  const id = await hooked(page, 'left hook');
  const ids = [];
  page.on('request', (request) => request.method() === 'DELETE' && ids.push(request.headers()['idempotency-key']));
  await remove(page);
  await page.getByRole('row', { name: /left hook/ }).getByText('About to be deleted').waitFor();
  await page.reload();
  await page.getByText('left hook was deleted.').waitFor();
  equal(await page.getByRole('link', { name: 'left hook' }).count(), 0, 'links to it');
  equal(await statusOf(page, id), 404, 'status');
  equal(new Set(ids).size, 1, 'names of the call');
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Webhooks' }).waitFor();
  equal(await page.evaluate(() => sessionStorage.length), 0, 'notes that are left');
  equal(complaints.filter((one) => !one.includes('status of 404')), [], 'complaints');
  await close();
});

await check('what the manager refuses in the end comes back with the reason, and can be tried again', async () => {
  const { page, close } = await signedIn();
  const id = await hooked(page, 'kept hook');
  await page.route('**/api/webhooks/*', (route) => (route.request().method() === 'DELETE' ? route.fulfill({ status: 503, json: { success: false, error: 'The storage is not there.', code: 'storage_unavailable' } }) : route.fallback()), { times: 1 });
  await remove(page);
  await now(page, 'kept hook');
  await page.getByText('kept hook was not deleted: The storage is not there.').waitFor();
  await page.getByRole('link', { name: 'kept hook' }).waitFor();
  equal(await statusOf(page, id), 200, 'status after the refusal');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('kept hook was deleted.').waitFor();
  equal(await statusOf(page, id), 404, 'status after the second try');
  await close();
});

await check('signing out does what is held back', async () => {
  const { page, close } = await signedIn();
  const id = await hooked(page, 'last hook');
  await remove(page);
  await page.getByRole('row', { name: /last hook/ }).getByText('About to be deleted').waitFor();
  await page.getByRole('button', { name: 'dev@localhost' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Start a development session' }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  equal(await statusOf(page, id), 404, 'status');
  await close();
});

await check('the deletion of a namespace is shown on its pages, and undone there', async () => {
  const { page, close } = await signedIn();
  const ns = await namespace(page, 'flow-going');
  await put(page, ns, 'kept', 'v');
  await page.goto(`${address}/namespaces/${ns}`);
  await page.getByRole('button', { name: 'Actions of the namespace' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await dialog(page).getByRole('textbox').fill('flow-going');
  await dialog(page).getByRole('button', { name: 'Delete the namespace' }).click();
  await page.getByRole('link', { name: 'flow-going' }).click();
  await page.locator('.banner').getByText('flow-going is about to be deleted.').waitFor();
  await page.locator('.banner').getByRole('button', { name: 'Undo' }).click();
  await page.getByText('flow-going was not deleted.').waitFor();
  equal((await api(page, 'GET', `/api/keys/${ns}/kept`)).status, 200, 'status of its key');
  await close();
});

await check('a deletion of more keys than can be brought back one by one is held back', async () => {
  const { page, close } = await signedIn();
  const ns = await namespace(page, 'flow-many-keys');
  await fill(page, ns, Array.from({ length: 250 }, (_, at) => ({ name: `k${at}`, value: 'v' })));
  await page.goto(`${address}/namespaces/${ns}`);
  const all = async () => {
    await page.getByRole('checkbox', { name: 'Select all loaded keys' }).click();
    await page.locator('.bulk').getByRole('button', { name: 'Delete' }).click();
    await dialog(page).getByText('You can undo it for 10 seconds').waitFor();
    await dialog(page).getByRole('button', { name: 'Delete', exact: true }).click();
    await page.locator('.banner').getByText('250 keys are about to be deleted.').waitFor();
  };
  await all();
  await undo(page, '250 keys');
  await page.getByText('250 keys were not deleted.').waitFor();
  equal((await api(page, 'GET', `/api/keys/${ns}/list`)).body.result.keys.length, 250, 'keys');
  await all();
  await now(page, '250 keys');
  await page.locator('.tray .badge.ok').waitFor();
  await page.getByRole('heading', { name: 'No keys yet' }).waitFor();
  await close();
});
