const only = new RegExp(process.argv[2] ?? '');

export const ACCOUNT = '0123456789abcdef0123456789abcdef';
export const { TOKEN } = process.env;
export const API = `${process.env.MANAGER}/client/v4`;

export async function check(name, run) {
  if (!only.test(name)) return;
  const from = Date.now();
  try {
    await run();
    console.log(JSON.stringify({ case: name, millis: Date.now() - from }));
  } catch (failure) {
    console.log(JSON.stringify({ case: name, millis: Date.now() - from, failure: String(failure?.stack ?? failure) }));
  }
}

/** All that a client gives one after the other. */
export async function all(items) {
  const found = [];
  for await (const item of items) found.push(item);
  return found;
}
