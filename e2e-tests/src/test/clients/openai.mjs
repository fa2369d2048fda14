import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import OpenAI from 'openai';
import { ACCOUNT, API, TOKEN, all, check } from './harness.mjs';

const client = new OpenAI({ apiKey: TOKEN, baseURL: `${API}/accounts/${ACCOUNT}/ai/v1`, maxRetries: 0 });
const messages = [{ role: 'user', content: 'one two three' }];

await check('openai: a chat is answered, with what it used', async () => {
  const chat = await client.chat.completions.create({ model: '@test/echo', messages });

  equal(chat.choices[0].message.content, 'one two three');
  equal(chat.choices[0].finish_reason, 'stop');
  deepEqual([chat.usage.prompt_tokens, chat.usage.completion_tokens, chat.usage.total_tokens], [3, 3, 6]);
});

await check('openai: a chat that is streamed comes in pieces', async () => {
  const stream = await client.chat.completions.create({ model: '@test/echo', messages, stream: true, stream_options: { include_usage: true } });

  const chunks = await all(stream);
  const pieces = chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').filter((piece) => piece);
  ok(pieces.length > 1);
  equal(pieces.join(''), 'one two three');
  equal(chunks.at(-1).usage.total_tokens, 6);
});

await check('openai: a stream that is left has ended', async () => {
  const stream = await client.chat.completions.create({ model: '@test/echo', messages, stream: true });
  for await (const chunk of stream) {
    ok(chunk.id);
    break;
  }
  equal((await client.chat.completions.create({ model: '@test/echo', messages })).object, 'chat.completion');
});

await check('openai: texts become vectors in their order', async () => {
  const input = ['red', 'green', 'red'];
  const { data } = await client.embeddings.create({ model: '@test/hash', input });
  const floats = await client.embeddings.create({ model: '@test/hash', input, encoding_format: 'float' });

  deepEqual(data.map((each) => each.index), [0, 1, 2]);
  equal(data[0].embedding.length, 8);
  deepEqual(data[0].embedding, data[2].embedding);
  deepEqual(floats.data.map((each) => each.embedding.map(Math.fround)), data.map((each) => [...each.embedding].map(Math.fround)));
});

await check('openai: responses are answered and streamed', async () => {
  const response = await client.responses.create({ model: '@test/echo', input: 'one two' });
  equal(response.output_text, 'one two');

  const events = await all(await client.responses.create({ model: '@test/echo', input: 'one two', stream: true }));
  equal(events.filter((event) => event.type === 'response.output_text.delta').map((event) => event.delta).join(''), 'one two');
  equal(events.at(-1).type, 'response.completed');
});

await check('openai: a model that is not there and a token that is none are told in its words', async () => {
  await rejects(() => client.chat.completions.create({ model: '@test/nothing', messages }), OpenAI.NotFoundError);
  const stranger = new OpenAI({ apiKey: 'nobody', baseURL: client.baseURL, maxRetries: 0 });
  await rejects(() => stranger.chat.completions.create({ model: '@test/echo', messages }), OpenAI.AuthenticationError);
});
