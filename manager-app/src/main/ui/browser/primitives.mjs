import { address, check, cloudflare, DATABASES, equal, has, holds, INDEXES, now, QUEUES, signedIn } from './harness.mjs';

const statement = async (page, sql) => {
  await page.locator('.cm-content').fill(sql);
  await page.locator('.cm-content').press('Control+Enter');
};
const rows = (page) => page.getByRole('region', { name: 'Rows' }).locator('tbody tr');

if (DATABASES) {
  await check('a database is made, written and asked by the keyboard, and deleted by its name', async () => {
    const session = await signedIn();
    const { page } = session;
    await page.goto(`${address}/databases`);
    await page.locator('.page-head').waitFor();
    await page.getByRole('button', { name: 'New database' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('ledger');
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { level: 1, name: 'ledger' }).waitFor();
    await statement(page, 'create table entry (id integer primary key, amount integer)');
    await page.locator('.relations').getByRole('button', { name: 'entry' }).waitFor();
    await statement(page, 'insert into entry (amount) values (9007199254740993), (null)');
    await page.getByText('2 changed').waitFor();
    await page.locator('.relations').getByRole('button', { name: 'entry' }).click();
    await rows(page).first().waitFor();
    equal((await rows(page).allInnerTexts()).map((row) => row.split(/\s+/).join(' ')), ['1 9007199254740993', '2 null'], 'rows');
    await statement(page, 'select * from nowhere');
    await page.locator('main').getByRole('alert').getByText('nowhere').waitFor();
    await page.getByRole('button', { name: 'Delete the database' }).click();
    const confirm = page.getByRole('dialog').getByRole('button', { name: 'Delete the database' });
    holds(await confirm.isDisabled(), 'the name has to be typed');
    await page.getByRole('dialog').getByRole('textbox').fill('ledger');
    await confirm.click();
    await now(page, 'ledger');
    await page.waitForFunction(() => ![...document.querySelectorAll('main a')].some((one) => one.textContent === 'ledger'));
    equal((await cloudflare(page, 'GET', DATABASES)).filter((one) => one.name === 'ledger'), [], 'databases');
    equal(session.complaints.filter((one) => !one.includes('status of 400')), [], 'complaints');
    await session.close();
  });
}

if (QUEUES) {
  await check('a message is sent, looked at, taken, sent back, taken again and acknowledged', async () => {
    const session = await signedIn();
    const { page } = session;
    const { queue_id: id } = await cloudflare(page, 'POST', QUEUES, { queue_name: 'letters' });
    await page.goto(`${address}/queues/${id}`);
    await page.getByRole('heading', { level: 1, name: 'letters' }).waitFor();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('dialog').getByLabel('Body').fill('{"to":"Ada"}');
    await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Look' }).click();
    await page.getByRole('cell', { name: '{"to":"Ada"}' }).waitFor();
    const take = page.getByRole('button', { name: 'Take' });
    await take.click();
    await page.getByRole('button', { name: /back$/ }).click();
    await page.getByRole('heading', { name: 'No messages' }).waitFor();
    await take.click();
    await page.getByRole('button', { name: /^Acknowledge/ }).click();
    await page.getByRole('heading', { name: 'No messages' }).waitFor();
    equal((await cloudflare(page, 'GET', `${QUEUES}/${id}/metrics`)).backlog_count, 0, 'backlog');
    await cloudflare(page, 'DELETE', `${QUEUES}/${id}`);
    equal(session.complaints, [], 'complaints');
    await session.close();
  });
}

if (INDEXES) {
  await check('an index is made, and says what is nearest to a vector', async () => {
    const session = await signedIn();
    const { page } = session;
    await page.goto(`${address}/vectors`);
    await page.locator('.page-head').waitFor();
    await page.getByRole('button', { name: 'New index' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('points');
    await page.getByRole('dialog').getByLabel('Dimensions').fill('2');
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { level: 1, name: 'points' }).waitFor();
    const lines = [{ id: 'east', values: [1, 0] }, { id: 'north', values: [0, 1] }, { id: 'north-east', values: [1, 1] }];
    await page.evaluate(
      async (body) => {
        const account = (await (await fetch('/client/v4/accounts')).json()).result[0].id;
        await fetch(`/client/v4/accounts/${account}/vectorize/v2/indexes/points/insert`, { method: 'POST', body, headers: { 'Content-Type': 'application/x-ndjson' } });
      },
      lines.map((line) => JSON.stringify(line)).join('\n'),
    );
    await page.getByLabel('Id').fill('east');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.getByRole('cell', { name: 'north-east' }).waitFor();
    equal(await page.locator('main tbody tr td:first-child').allInnerTexts(), ['east', 'north-east', 'north'], 'order');
    await page.getByText('Numbers', { exact: true }).first().click();
    await page.getByRole('textbox', { name: 'Numbers' }).fill('0 1 2');
    await page.getByText('2 numbers are needed.').waitFor();
    await cloudflare(page, 'DELETE', `${INDEXES}/points`);
    equal(session.complaints, [], 'complaints');
    await session.close();
  });
}

if (has('GET /api/durable-objects')) {
  await check('a durable object is found by its name, and an entry of it opened', async () => {
    const session = await signedIn();
    const { page } = session;
    const id = 'ab'.repeat(32);
    const object = { id, name: 'kitchen', alarm: { at: '2999-01-01T00:00:02.000Z', scheduled_at: '2999-01-01T00:00:00.000Z', retries: 1 } };
    const entry = { key_hex: '636f756e74', key: 'count', key_encoding: 'text', size: 7, whole: true, value: '{"n":3}', value_encoding: 'text' };
    // No app with durable objects runs beside the manager here.
    const answers = {
      '/api/durable-objects': { classes: [{ class: 'rooms', objects: 1, more: false }] },
      '/api/durable-objects/rooms/objects': { objects: [object], cursor: '', list_complete: true },
      '/api/durable-objects/rooms/objects?name=kitchen': { objects: [object], cursor: '', list_complete: true },
      [`/api/durable-objects/rooms/objects/${id}`]: { ...object, entries: 1, bytes: 12 },
      [`/api/durable-objects/rooms/objects/${id}/state`]: { entries: [entry], cursor: '', list_complete: true },
      [`/api/durable-objects/rooms/objects/${id}/state/${entry.key_hex}`]: entry,
    };
    await page.route('**/api/durable-objects**', (route) => {
      const { pathname, search } = new URL(route.request().url());
      return route.fulfill({ json: { success: true, result: answers[pathname + search] ?? answers[pathname] } });
    });
    await page.getByRole('link', { name: 'Durable objects' }).click();
    await page.getByRole('link', { name: 'rooms' }).click();
    await page.getByRole('searchbox').fill('kitchen');
    await page.getByRole('link', { name: 'kitchen' }).click();
    await page.getByRole('heading', { level: 1, name: 'kitchen' }).waitFor();
    await page.getByText('after 1 failure').waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'count' }).click();
    await page.getByRole('dialog').getByText('Tree', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    equal(session.complaints, [], 'complaints');
    await session.close();
  });
}

if (has('GET /api/crons')) {
  await check('what recurs is shown with its next time', async () => {
    const session = await signedIn();
    const { page } = session;
    await page.goto(`${address}/crons`);
    await page.getByRole('heading', { level: 1, name: 'Cron' }).waitFor();
    const row = page.locator('main tbody tr').filter({ hasText: 'UTC' }).first();
    await row.locator('time').last().waitFor();
    equal(session.complaints, [], 'complaints');
    await session.close();
  });
}
