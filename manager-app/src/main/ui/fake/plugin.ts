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
  manager.automation.webhooks.add({ name: 'cache purge', url: 'https://hooks.example.org/purge', secret: 's', events: ['key_update', 'job_failed'] });
  manager.automation.rules.add({ name: 'Sessions end', type: 'expiring_within', namespace_id: shop, prefix: 'session:', seconds: 3600, enabled: true });
  manager.automation.thresholds.add({ namespace_id: shop, namespace_name: 'sample-shop', storage_bytes_threshold: 1048576, operation_rate_threshold: null, latency_p99_threshold_ms: null, enabled: true });
  manager.automation.templates.add({ name: 'app', description: 'What an app needs', keys: [{ name: '{{app}}:config', value: '{}', ttl: 3600, tags: ['config'] }] });
  manager.automation.searches.add({ name: 'Users that expire', query: { query: 'user', has_ttl: 'true' }, shared: true });
  manager.automation.schedules.add({ name: 'nightly', cron: '0 3 * * *', timezone: 'Europe/Berlin', overlap: 'skip', job: { type: 'r2_backup', params: { namespace_id: shop, format: 'ndjson' } } });
  manager.automation.grants.add({ subject: { type: 'user', name: 'ada@example.org' }, role: 'editor', namespaces: 'shop-*', key_prefixes: ['cart:', 'session:'] });
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
