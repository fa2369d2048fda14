import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { address, api, check, equal, has, holds, namespace, now, put, signedIn, undo } from './harness.mjs';

const dialog = (page) => page.getByRole('dialog');
const done = (page) => page.locator('.tray .badge.ok').first().waitFor();

/** Another service on this machine, that takes whatever it is sent. */
async function receiver(status = 204) {
  const taken = [];
  let told = () => {};
  const server = createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      taken.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
      response.writeHead(status).end();
      told();
    });
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${server.address().port}/hook`,
    taken,
    until: (count) => (taken.length >= count ? Promise.resolve() : new Promise((resolve) => (told = () => taken.length >= count && resolve()))),
    close: () => new Promise((gone) => server.close(gone)),
  };
}

await check('a webhook is made, tested, told of a change with a signature, and deleted', async () => {
  const { page, complaints, close } = await signedIn();
  const other = await receiver();
  const ns = await namespace(page, 'flow-webhook');
  await page.goto(`${address}/webhooks`);
  await page.getByRole('button', { name: 'New webhook' }).click();
  await page.getByLabel('Name').fill('purge');
  await page.getByLabel('Address').fill(other.url);
  await page.getByLabel('Secret').fill('of-the-hook');
  await page.getByLabel('A key was created').check();
  await dialog(page).getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { level: 1, name: 'purge' }).waitFor();
  await page.getByRole('button', { name: 'Send a test' }).click();
  await page.getByText('The test was taken with status 204.').waitFor();
  equal(JSON.parse(other.taken[0].body).event, 'test', 'the first event');
  await put(page, ns, 'new', 'value-of-the-key');
  await other.until(2);
  const { body, headers } = other.taken[1];
  equal(headers['x-webhook-event'], 'key_create', 'the second event');
  equal(headers['x-webhook-signature'], `sha256=${createHmac('sha256', 'of-the-hook').update(body).digest('hex')}`, 'signature');
  holds(!body.includes('value-of-the-key'), 'the event has the value');
  await page.reload();
  await page.getByRole('cell', { name: 'key_create' }).waitFor();
  await page.getByRole('button', { name: 'Change' }).click();
  await page.getByLabel('It is on').uncheck();
  await dialog(page).getByRole('button', { name: 'Save' }).click();
  await page.locator('.crumbs').getByText('off').waitFor();
  await page.getByRole('button', { name: 'Delete the webhook' }).click();
  await dialog(page).getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('heading', { level: 1, name: 'Webhooks' }).waitFor();
  await now(page, 'purge');
  await page.getByText('purge was deleted.').waitFor();
  equal(await page.getByRole('link', { name: 'purge' }).count(), 0, 'links to it');
  equal(complaints, [], 'complaints');
  await other.close();
  await close();
});

await check('a rule is made, changed and deleted; an alert of a failed job is acknowledged', async () => {
  const { page, close } = await signedIn();
  const ns = await namespace(page, 'flow-alert');
  await page.goto(`${address}/alerts/rules`);
  await page.getByRole('button', { name: 'New rule' }).click();
  await page.getByLabel('Name', { exact: true }).fill('flow rule');
  await page.getByLabel('When').selectOption('key_count_over');
  holds(await dialog(page).getByRole('button', { name: 'Create' }).isDisabled(), 'a rule without its namespace');
  await page.getByLabel('Namespace').selectOption({ label: 'flow-alert' });
  await page.getByLabel('More than how many keys').fill('12000');
  await dialog(page).getByRole('button', { name: 'Create' }).click();
  await page.getByText('more than 12,000 keys').waitFor();
  await page.getByRole('button', { name: 'Change flow rule' }).click();
  await page.getByLabel('When').selectOption('job_failed');
  await dialog(page).getByRole('button', { name: 'Save' }).click();
  await page.getByRole('cell', { name: 'a job fails' }).first().waitFor();

  await put(page, ns, 'taken', 'v');
  const failing = await page.evaluate(async (id) => (await (await fetch(`/api/import/${id}?collision=fail`, { method: 'POST', body: '[{"name":"taken","value":"w"}]', headers: { 'Content-Type': 'text/plain' } })).json()).result.job_id, ns);
  await page.goto(`${address}/jobs/${failing}`);
  await page.locator('.timeline li.failed').waitFor();
  await page.goto(`${address}/alerts`);
  await page.getByRole('button', { name: 'Acknowledge flow rule' }).click();
  await page.getByRole('cell', { name: 'dev@localhost' }).waitFor();
  await page.goto(`${address}/alerts/rules`);
  await page.getByRole('button', { name: 'Delete flow rule' }).click();
  await dialog(page).getByRole('button', { name: 'Delete' }).click();
  await undo(page, 'flow rule');
  await page.getByRole('button', { name: 'Change flow rule' }).waitFor();
  await close();
});

await check('a threshold is made for all namespaces, changed, and deleted', async () => {
  const { page, close } = await signedIn();
  await page.goto(`${address}/alerts/thresholds`);
  await page.getByRole('button', { name: 'New threshold' }).click();
  await page.getByLabel('For', { exact: true }).selectOption({ label: 'All namespaces together' });
  await page.getByLabel('Stored bytes').fill('1048576');
  await dialog(page).getByRole('button', { name: 'Create' }).click();
  await page.getByRole('cell', { name: '1.0 MiB' }).waitFor();
  await page.getByRole('button', { name: 'Change the threshold of All namespaces' }).click();
  await page.getByLabel('Stored bytes').fill('');
  await page.getByLabel('Calls a minute').fill('600000');
  await dialog(page).getByRole('button', { name: 'Save' }).click();
  await page.getByRole('cell', { name: '600,000' }).waitFor();
  equal(await page.getByRole('cell', { name: '1.0 MiB' }).count(), 0, 'bounds that were taken away');
  await page.getByRole('button', { name: 'Delete the threshold of All namespaces' }).click();
  await dialog(page).getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('heading', { name: 'No thresholds' }).waitFor();
  await close();
});

await check('the end of a job rings the bell, and the browser tells of it when the page is out of sight', async () => {
  const { page, close } = await signedIn();
  const ns = await namespace(page, 'flow-bell');
  await page.context().grantPermissions(['notifications']);
  await page.addInitScript(() => {
    window.told = [];
    const permission = 'granted';
    window.Notification = class {
      static permission = permission;
      static requestPermission = () => Promise.resolve(permission);
      constructor(title) {
        window.told.push(title);
      }
    };
    Object.defineProperty(document, 'hidden', { get: () => window.away === true });
  });
  const listening = new Promise((heard) => page.on('websocket', (socket) => socket.url().includes('/notifications/ws') && socket.on('framereceived', heard)));
  await page.goto(`${address}/settings`);
  await listening;
  await page.getByLabel('Tell me on this device').check();
  await page.evaluate(() => (window.away = true));
  await api(page, 'POST', `/api/export/${ns}`);
  await page.waitForFunction(() => window.told.length === 1);
  equal(await page.evaluate(() => window.told), ['Export completed'], 'what the browser told');
  await page.getByRole('button', { name: /Notifications, \d+ new/ }).click();
  await page.getByRole('menuitem', { name: 'Export completed' }).first().click();
  await page.locator('.timeline li.completed').waitFor();
  await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
  await page.goto(`${address}/notifications`);
  await page.getByRole('link', { name: 'Export completed' }).first().waitFor();
  await close();
});

await check('a namespace begins with a template, whose variables are asked for', async () => {
  const { page, close } = await signedIn();
  await page.goto(`${address}/templates`);
  await page.getByRole('button', { name: 'New template' }).click();
  await page.getByRole('heading', { level: 1, name: 'New template' }).waitFor();
  await page.getByLabel('Name').nth(1).fill('flow template');
  await page.getByLabel('Name').first().fill('{{app}}:config');
  await page.getByLabel('Value').fill('{"owner":"{{owner}}"}');
  await page.keyboard.press('Control+s');
  await page.getByRole('heading', { level: 1, name: 'flow template' }).waitFor();
  await page.getByRole('button', { name: 'New namespace' }).click();
  await dialog(page).getByLabel('Title').fill('flow-from-template');
  await dialog(page).getByLabel('app').fill('shop');
  holds(await dialog(page).getByRole('button', { name: 'Create' }).isDisabled(), 'a variable may be left out');
  await dialog(page).getByLabel('owner').fill('ada');
  await dialog(page).getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { level: 1, name: 'flow-from-template' }).waitFor();
  await page.locator('.keys-name').getByText('shop:config').click();
  await page.getByText('{"owner":"ada"}').waitFor();

  const ns = await namespace(page, 'flow-template-target');
  await page.goto(`${address}/templates`);
  await page.getByRole('link', { name: 'flow template' }).click();
  await page.getByRole('button', { name: 'Put into a namespace' }).click();
  await dialog(page).getByLabel('Namespace').selectOption({ label: 'flow-template-target' });
  await dialog(page).getByLabel('app').fill('x');
  await dialog(page).getByLabel('owner').fill('grace');
  await dialog(page).getByRole('button', { name: 'Write the keys' }).click();
  await page.getByText('1 key written.').waitFor();
  equal((await api(page, 'GET', `/api/keys/${ns}/${encodeURIComponent('x:config')}`)).body.result.value, '{"owner":"grace"}', 'value');
  await page.getByRole('button', { name: 'Delete the template' }).click();
  await dialog(page).getByRole('button', { name: 'Delete' }).click();
  await undo(page, 'flow template');
  await page.getByRole('link', { name: 'flow template' }).waitFor();
  await close();
});

await check('a namespace is backed up, and the backup restored into another', async () => {
  const { page, close } = await signedIn();
  const target = await namespace(page, 'flow-restored');
  const ns = await namespace(page, 'flow-backup');
  await put(page, ns, 'kept', 'as it was', { metadata: { m: 1 } });
  await page.goto(`${address}/namespaces/${ns}/backups`);
  await page.getByRole('button', { name: 'Back up now' }).click();
  await dialog(page).getByRole('button', { name: 'Back up', exact: true }).click();
  await page.getByRole('button', { name: /Restore the backup of/ }).click();
  await dialog(page).getByLabel('Into the namespace').selectOption({ label: 'flow-restored' });
  await dialog(page).getByRole('button', { name: 'Restore', exact: true }).click();
  await now(page, 'The backup of');
  await page.locator('.tray .badge.ok').nth(1).waitFor();
  const back = (await api(page, 'GET', `/api/keys/${target}/kept`)).body.result;
  equal([back.value, back.metadata], ['as it was', { m: 1 }], 'what was restored');
  await close();
});

await check('a namespace moves to another only when its title was typed', async () => {
  const { page, close } = await signedIn();
  const target = await namespace(page, 'flow-moved-to');
  const ns = await namespace(page, 'flow-moved-from');
  await put(page, ns, 'mover', 'v', { metadata: { m: 1 } });
  await page.goto(`${address}/namespaces/${ns}/migrate`);
  await page.getByLabel('To the namespace').selectOption({ label: 'flow-moved-to' });
  await page.getByText('Each key is deleted here').click();
  await page.getByRole('button', { name: 'Move all keys' }).click();
  holds(await dialog(page).getByRole('button', { name: 'Move' }).isDisabled(), 'it moves before its title was typed');
  await dialog(page).getByRole('textbox').fill('flow-moved-from');
  await dialog(page).getByRole('button', { name: 'Move' }).click();
  await now(page, 'All keys of flow-moved-from');
  await done(page);
  equal((await api(page, 'GET', `/api/keys/${ns}/list`)).body.result.keys, [], 'what stayed');
  equal((await api(page, 'GET', `/api/keys/${target}/mover`)).body.result.metadata, { m: 1 }, 'metadata of what went');
  await close();
});

if (has('GET /api/schedules')) {
  await check('a schedule is made, run by hand, changed, and deleted', async () => {
    const { page, complaints, close } = await signedIn();
    const ns = await namespace(page, 'flow-schedule');
    await put(page, ns, 'k', 'v');
    await page.goto(`${address}/schedules`);
    await page.getByRole('button', { name: 'New schedule' }).click();
    await dialog(page).getByLabel('Name', { exact: true }).fill('nightly flow');
    await dialog(page).getByLabel('When').selectOption({ label: 'Other' });
    await dialog(page).getByLabel('Cron').fill('99 * * * *');
    await dialog(page).getByLabel('Namespace').selectOption({ label: 'flow-schedule' });
    await dialog(page).getByRole('button', { name: 'Create' }).click();
    await dialog(page).getByRole('alert').waitFor();
    await dialog(page).getByLabel('Cron').fill('15 4 * * *');
    await dialog(page).getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { level: 1, name: 'nightly flow' }).waitFor();
    await page.getByRole('button', { name: 'Run now' }).click();
    await done(page);
    await page.getByRole('cell', { name: 'hand' }).waitFor();
    await page.getByRole('button', { name: 'Change' }).click();
    await dialog(page).getByLabel('It is on').uncheck();
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    await page.locator('.crumbs').getByText('off').waitFor();
    await page.goto(`${address}/schedules`);
    await page.getByRole('row', { name: /nightly flow/ }).getByText('off').waitFor();
    await page.getByRole('link', { name: 'nightly flow' }).click();
    await page.getByRole('button', { name: 'Delete the schedule' }).click();
    await dialog(page).getByRole('button', { name: 'Delete' }).click();
    await undo(page, 'nightly flow');
    await page.getByRole('link', { name: 'nightly flow' }).waitFor();
    equal(complaints.filter((one) => !one.includes('status of 400')), [], 'complaints');
    await close();
  });
}

if (has('POST /api/r2-backup/{ns}/verify')) {
  await check('a backup is verified, and a restore is looked at before it is done', async () => {
    const { page, close } = await signedIn();
    const ns = await namespace(page, 'flow-verify');
    await put(page, ns, 'kept', 'v');
    await put(page, ns, 'lost', 'v');
    await page.goto(`${address}/namespaces/${ns}/backups`);
    await page.getByRole('button', { name: 'Back up now' }).click();
    await dialog(page).getByRole('button', { name: 'Back up', exact: true }).click();
    await page.getByRole('button', { name: /Verify the backup of/ }).click();
    await page.getByText('The backup is whole').waitFor();
    await api(page, 'DELETE', `/api/keys/${ns}/lost`);
    await page.getByRole('button', { name: /Restore the backup of/ }).click();
    await dialog(page).locator('.figures').waitFor();
    equal(await dialog(page).locator('.figures strong').allTextContents(), ['1', '1', '0', '0'], 'new, overwritten, expired, not valid');
    await close();
  });
}
