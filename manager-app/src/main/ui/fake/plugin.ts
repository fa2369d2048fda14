import type { Plugin } from 'vite';
import { sampleItems } from '../src/screens/sampleItems';
import { FakeManager } from './api';

/** Serves the fake manager beside the sources: `npm run dev -- --mode fake`. */
export function fakeApi(): Plugin {
  const manager = new FakeManager();
  manager.signedIn = false;
  const shop = manager.addSpace('sample-shop');
  for (const item of sampleItems()) {
    manager.put(shop, item.name, item.value, {
      encoding: item.encoding ?? 'utf8',
      tags: item.tags ?? [],
      ...(item.metadata ? { metadata: item.metadata } : {}),
      ...(item.ttl ? { expiration: Math.round(Date.now() / 1000) + item.ttl } : {}),
    });
  }
  manager.addSpace('CACHE');
  return {
    name: 'fake-api',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const url = new URL(request.url ?? '/', 'http://fake');
        if (!url.pathname.startsWith('/api/')) {
          next();
          return;
        }
        const parts: Buffer[] = [];
        request.on('data', (part: Buffer) => parts.push(part));
        request.on('end', () => {
          const answer = manager.answer({ method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, token: request.headers.authorization?.replace('Bearer ', '') ?? '', body: Buffer.concat(parts).toString() });
          response.writeHead(answer.status, { 'Content-Type': 'application/json', ...answer.headers });
          response.end(answer.body instanceof Buffer ? answer.body : JSON.stringify(answer.body));
        });
      });
    },
  };
}
