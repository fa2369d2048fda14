import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import Cloudflare from 'cloudflare';
import { ACCOUNT, API, TOKEN, all, check } from './harness.mjs';

const client = new Cloudflare({ apiToken: TOKEN, baseURL: API, maxRetries: 0 });
const account_id = ACCOUNT;
const status = (code) => (error) => error instanceof Cloudflare.APIError && error.status === code;

await check('cloudflare: values are written, listed, read and deleted', async () => {
  const { id } = await client.kv.namespaces.create({ account_id, title: 'clients' });
  const inside = { account_id, namespace_id: id };
  await client.kv.namespaces.values.update('a/b c', { ...inside, value: 'one', metadata: JSON.stringify({ by: 'sdk' }) });
  await client.kv.namespaces.bulkUpdate(id, { account_id, body: [{ key: 'b', value: 'two' }, { key: 'c', value: 'three' }] });

  deepEqual((await all(client.kv.namespaces.keys.list(id, { account_id }))).map((key) => key.name), ['a/b c', 'b', 'c']);
  equal(await (await client.kv.namespaces.values.get('a/b c', inside)).text(), 'one');
  deepEqual(await client.kv.namespaces.metadata.get('a/b c', inside), { by: 'sdk' });
  deepEqual((await client.kv.namespaces.bulkGet(id, { account_id, keys: ['b', 'z'] })).values, { b: 'two', z: null });
  await client.kv.namespaces.values.delete('b', inside);
  await rejects(() => client.kv.namespaces.values.get('b', inside), status(404));
  await client.kv.namespaces.delete(id, { account_id });
  await rejects(() => client.kv.namespaces.get(id, { account_id }), status(404));
});

await check('cloudflare: a token is verified, and another one refused', async () => {
  equal((await client.user.tokens.verify()).status, 'active');
  const stranger = new Cloudflare({ apiToken: `${TOKEN.slice(0, -1)}!`, baseURL: API, maxRetries: 0 });
  await rejects(() => all(stranger.kv.namespaces.list({ account_id })), (error) => [401, 403].includes(error.status));
});

await check('cloudflare: a database is made, asked in every way, and dropped', async () => {
  const made = await client.d1.database.create({ account_id, name: 'clients' });
  const sql = (text, params) => client.d1.database.query(made.uuid, { account_id, sql: text, params });
  await sql('create table t (n integer primary key, s text)');
  await sql('insert into t values (?, ?), (?, ?)', [1, 'one', 9007199254740991, null]);

  const [asked] = (await sql('select n, s from t order by n')).result;
  deepEqual(asked.results, [{ n: 1, s: 'one' }, { n: 9007199254740991, s: null }]);
  ok(asked.success && asked.meta.duration >= 0);
  const [raw] = (await client.d1.database.raw(made.uuid, { account_id, sql: 'select n as x, s as x from t where n = ?', params: ['1'] })).result;
  deepEqual(raw.results, { columns: ['x', 'x'], rows: [[1, 'one']] });
  await rejects(() => sql('select * from nothing'), status(400));
  await rejects(() => sql('select 1; drop table t; attach database ? as other'), status(400));
  deepEqual((await sql('select count(*) as n from t')).result[0].results, [{ n: 2 }]);
  deepEqual((await all(client.d1.database.list({ account_id }))).map((each) => each.name), ['clients']);
  equal((await client.d1.database.get(made.uuid, { account_id })).num_tables, 1);
  await client.d1.database.delete(made.uuid, { account_id });
  await rejects(() => client.d1.database.get(made.uuid, { account_id }), status(404));
});

await check('cloudflare: a batch of statements happens whole or not at all', async () => {
  const made = await client.d1.database.create({ account_id, name: 'batches' });
  const batch = (...statements) => client.d1.database.query(made.uuid, { account_id, batch: statements });
  await batch({ sql: 'create table t (n integer unique)' }, { sql: 'insert into t values (?)', params: ['1'] });
  await rejects(() => batch({ sql: 'insert into t values (2)' }, { sql: 'insert into t values (1)' }), status(400));

  const { result } = await client.d1.database.query(made.uuid, { account_id, sql: 'select n from t' });
  deepEqual(result[0].results, [{ n: 1 }]);
  await client.d1.database.delete(made.uuid, { account_id });
});

await check('cloudflare: messages are pushed, pulled, acknowledged and come again', async () => {
  const queue = await client.queues.create({ account_id, queue_name: 'clients' });
  const id = queue.queue_id;
  await client.queues.messages.push(id, { account_id, body: 'one', content_type: 'text' });
  await client.queues.messages.bulkPush(id, { account_id, messages: [{ body: { n: 2 }, content_type: 'json' }] });

  const first = await client.queues.messages.pull(id, { account_id, batch_size: 10, visibility_timeout_ms: 60_000 });
  deepEqual(first.messages.map((message) => message.attempts), [1, 1]);
  const text = first.messages.find((message) => message.body === 'one');
  const json = first.messages.find((message) => message !== text);
  deepEqual(JSON.parse(Buffer.from(json.body, 'base64')), { n: 2 });
  const settled = await client.queues.messages.ack(id, {
    account_id, acks: [{ lease_id: text.lease_id }], retries: [{ lease_id: json.lease_id, delay_seconds: 0 }],
  });
  deepEqual([settled.ackCount, settled.retryCount], [1, 1]);
  const again = await client.queues.messages.pull(id, { account_id });
  deepEqual(again.messages.map((message) => [message.id, message.attempts]), [[json.id, 2]]);
  equal((await client.queues.getMetrics(id, { account_id })).backlog_count, 1);
  const { messages: [seen] } = await client.queues.messages.peek(id, { account_id });
  const purged = await client.queues.messages.purge(id, { account_id, refs: [{ ref: seen.ref }] });
  deepEqual(purged.warnings, {});
  equal((await client.queues.getMetrics(id, { account_id })).backlog_count, 0);
  await client.queues.delete(id, { account_id });
  await rejects(() => client.queues.get(id, { account_id }), status(404));
});

await check('cloudflare: vectors are found by what they are near and by what they say', async () => {
  await client.vectorize.indexes.create({ account_id, name: 'clients', config: { dimensions: 3, metric: 'cosine' } });
  await client.vectorize.indexes.metadataIndex.create('clients', { account_id, propertyName: 'kind', indexType: 'string' });
  const lines = [
    { id: 'x', values: [1, 0, 0], metadata: { kind: 'a' } },
    { id: 'y', values: [0, 1, 0], metadata: { kind: 'b' } },
    { id: 'z', values: [0.9, 0.1, 0], metadata: { kind: 'b' } },
  ];
  const body = new File([lines.map((line) => JSON.stringify(line)).join('\n')], 'vectors.ndjson');
  ok((await client.vectorize.indexes.insert('clients', { account_id, body })).mutationId);

  const near = await client.vectorize.indexes.query('clients', { account_id, vector: [1, 0, 0], topK: 2 });
  deepEqual(near.matches.map((match) => match.id), ['x', 'z']);
  const said = await client.vectorize.indexes.query('clients', { account_id, vector: [1, 0, 0], topK: 2, filter: { kind: 'b' } });
  deepEqual(said.matches.map((match) => match.id), ['z', 'y']);
  equal((await client.vectorize.indexes.info('clients', { account_id })).vectorCount, 3);
  await client.vectorize.indexes.deleteByIDs('clients', { account_id, ids: ['x'] });
  const left = await client.vectorize.indexes.getByIDs('clients', { account_id, ids: ['x', 'y'] });
  deepEqual(left.map((vector) => vector.id), ['y']);
  await client.vectorize.indexes.delete('clients', { account_id });
});

await check('cloudflare: buckets are made, listed and dropped', async () => {
  await client.r2.buckets.create({ account_id, name: 'clients' });
  ok((await client.r2.buckets.list({ account_id })).buckets.some((bucket) => bucket.name === 'clients'));
  await client.r2.buckets.delete('clients', { account_id });
  await rejects(() => client.r2.buckets.get('clients', { account_id }), status(404));
});

await check('cloudflare: temporary credentials open what was asked for, and nothing else', async () => {
  const { OBJECTS, OBJECTS_KEY } = process.env;
  const credentials = await client.r2.temporaryCredentials.create({
    account_id, bucket: 'dev', parentAccessKeyId: OBJECTS_KEY, permission: 'object-read-write', ttlSeconds: 900, prefixes: ['lent/'],
  });
  const s3 = new S3Client({ endpoint: OBJECTS, region: 'us-east-1', forcePathStyle: true, maxAttempts: 1, credentials });
  const put = (Key) => s3.send(new PutObjectCommand({ Bucket: 'dev', Key, Body: 'hello' }));

  await put('lent/one');
  const read = await s3.send(new GetObjectCommand({ Bucket: 'dev', Key: 'lent/one' }));
  equal(await read.Body.transformToString(), 'hello');
  await rejects(() => put('kept/one'), (error) => error.name === 'AccessDenied');
});

await check('cloudflare: a model answers, with what it used', async () => {
  const text = await client.ai.run('@test/echo', { account_id, prompt: 'one two' });
  equal(text.response, 'one two');
  const vectors = await client.ai.run('@test/hash', { account_id, text: ['a', 'b'] });
  deepEqual(vectors.shape, [2, 8]);
  await rejects(() => client.ai.run('@test/nothing', { account_id, prompt: 'x' }), status(404));
});
