import { deepEqual, equal, match } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/sqlite-proxy';
import { ACCOUNT, API, TOKEN, check } from './harness.mjs';
import { posts, users } from './schema.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const run = promisify(execFile);

async function call(method, path, body) {
  const answer = await fetch(`${API}/accounts/${ACCOUNT}/d1/database${path}`, {
    method, headers: { Authorization: `Bearer ${TOKEN}` }, body: body && JSON.stringify(body),
  });
  const { success, errors, result } = await answer.json();
  if (!success) throw new Error(errors[0].message);
  return result;
}

/** A database that is gone afterwards, and a folder. */
async function inDatabase(name, use) {
  const { uuid } = await call('POST', '', { name });
  const folder = await mkdtemp(join(tmpdir(), 'drizzle-'));
  const kit = (...words) => run(process.execPath, ['--import', './redirect.mjs', 'node_modules/drizzle-kit/bin.cjs', ...words], {
    cwd: here, timeout: 120_000, env: { ...process.env, ACCOUNT, DATABASE: uuid, OUT: folder, NO_COLOR: '1' },
  }).catch((failure) => { throw new Error(`${words.join(' ')}: ${failure.stdout}${failure.stderr}`); });
  try {
    await use({ uuid, folder, kit });
  } finally {
    await rm(folder, { recursive: true });
    await call('DELETE', `/${uuid}`);
  }
}

const tables = async (uuid) => (await call('POST', `/${uuid}/query`, { sql: "select name from sqlite_master where type in ('table', 'index') and name not like 'sqlite_%' order by name" }))[0]
  .results.map((row) => row.name);

await check('drizzle: drizzle-kit pushes a schema, finds nothing to do then, and pulls it', () => inDatabase('pushed', async ({ uuid, folder, kit }) => {
  await kit('push', '--force');
  deepEqual(await tables(uuid), ['posts', 'posts_by_author', 'posts_title_unique', 'users']);
  match((await kit('push', '--force')).stdout, /No changes detected/);

  await kit('pull');
  const pulled = await readFile(join(folder, 'schema.ts'), 'utf8');
  match(pulled, /sqliteTable\("posts"/);
  match(pulled, /index\("posts_by_author"\)/);
}));

await check('drizzle: drizzle-kit migrates, once', () => inDatabase('migrated', async ({ uuid, kit }) => {
  await kit('generate', '--name', 'first');
  await kit('migrate');
  await kit('migrate');

  deepEqual(await tables(uuid), ['__drizzle_migrations', 'posts', 'posts_by_author', 'posts_title_unique', 'users']);
  equal((await call('POST', `/${uuid}/query`, { sql: 'select count(*) as n from __drizzle_migrations' }))[0].results[0].n, 1);
}));

await check('drizzle: drizzle-orm writes and reads rows over raw', () => inDatabase('rows', async ({ uuid, kit }) => {
  await kit('push', '--force');
  const db = drizzle(async (sql, params, method) => {
    const [{ results }] = await call('POST', `/${uuid}/raw`, { sql, params });
    return { rows: method === 'get' ? results.rows[0] : results.rows };
  });

  const [made] = await db.insert(users).values({ name: 'Ada' }).returning();
  await db.insert(users).values({});
  await db.insert(posts).values([{ id: 1, title: 'one', author: made.id }, { id: 2, title: 'two' }]);
  await db.update(posts).set({ title: 'three' }).where(eq(posts.id, 2));

  deepEqual(await db.select({ title: posts.title, name: users.name }).from(posts).leftJoin(users, eq(posts.author, users.id)).orderBy(posts.id), [
    { title: 'one', name: 'Ada' }, { title: 'three', name: null },
  ]);
  deepEqual((await db.select({ name: users.name }).from(users).orderBy(users.id)).map((row) => row.name), ['Ada', "O'Hara"]);
}));
