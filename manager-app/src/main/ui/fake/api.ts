import type { Json } from '../src/api/types';
import { no, ok, type Answer, type Asked } from './answer';
import { FakeAutomation } from './automation';

interface Entry {
  value: string;
  encoding: 'utf8' | 'base64';
  metadata?: Json;
  expiration?: number;
  tags: string[];
  custom: Record<string, Json>;
  created: string;
  updated: string;
  old: { version: number; value: string; encoding: 'utf8' | 'base64'; at: string }[];
}

interface Space {
  title: string;
  settings?: Record<string, Json>;
  keys: Map<string, Entry>;
}

interface FakeJob {
  row: Record<string, Json>;
  steps: number;
  run: () => void;
  events: { id: number; job_id: string; event_type: string; user_email: string; timestamp: string; details: string | null }[];
}

const USER = 'dev@localhost';

/**
 * The manager's API as far as the console needs it for its own development and its tests of components: shapes and rules of the
 * contract, in memory. The truth is the manager; the browser tests run against that.
 */
export class FakeManager {
  signedIn = true;
  readonly spaces = new Map<string, Space>();
  readonly automation = new FakeAutomation();
  private readonly colors = new Map<string, Record<string, string>>();
  private readonly jobs = new Map<string, FakeJob>();
  private readonly audit: Record<string, Json>[] = [];
  private next = 1;

  addSpace(title: string): string {
    const id = (this.next++).toString(16).padStart(32, '7');
    this.spaces.set(id, { title, keys: new Map() });
    return id;
  }

  put(ns: string, name: string, value: string, more: Partial<Entry> = {}) {
    const space = this.spaces.get(ns) as Space;
    const before = space.keys.get(name);
    const now = new Date().toISOString();
    space.keys.set(name, {
      value,
      encoding: 'utf8',
      tags: before?.tags ?? [],
      custom: before?.custom ?? {},
      created: before?.created ?? now,
      updated: now,
      old: before ? [{ version: before.old.length + 1, value: before.value, encoding: before.encoding, at: now }, ...before.old] : [],
      ...more,
    });
  }

  answer(asked: Asked): Answer {
    const { path, method } = asked;
    if (path === '/api/sign-in' && method === 'GET') return ok({ methods: [{ type: 'dev' }, { type: 'token' }] });
    if (path.startsWith('/api/sign-in/')) {
      if (path.endsWith('/token') && asked.token !== 'good') return no(401, 'unauthenticated', 'This token is not known.');
      this.signedIn = true;
      return ok({ user: USER, role: 'admin' });
    }
    if (!this.signedIn) return no(401, 'unauthenticated', 'Sign in first.');
    if (path === '/api/sign-out') {
      this.signedIn = false;
      return ok();
    }
    if (path === '/api/me') return ok({ user: USER, role: 'admin' });
    const parts = path.split('/').slice(2).map(decodeURIComponent);
    const automated = this.automation.answer(asked, parts);
    if (automated) return automated;
    if (parts.at(-1) === 'color' || parts.at(-1) === 'colors') return this.painted(asked, parts);
    switch (parts[0]) {
      case 'metrics': return ok(this.metrics());
      case 'health': return this.health();
      case 'r2-backup': return this.start('r2_backup', parts[1] as string, this.space(parts[1])?.keys.size ?? 0, () => {});
      case 'r2-restore': return this.start('r2_restore', parts[1] as string, 0, () => {});
      case 'namespaces': return this.namespaces(asked, parts);
      case 'keys': return this.keys(asked, parts);
      case 'metadata': return this.metadata(asked, parts);
      case 'versions': return this.versions(asked, parts);
      case 'backup': return this.undo(parts);
      case 'search': return this.search(asked);
      case 'jobs': return this.jobRoutes(asked, parts);
      case 'import': return this.import(asked, parts);
      case 'export': return this.start('export', parts[1] as string, this.space(parts[1])?.keys.size ?? 0, () => {});
      case 'audit': return ok(this.audit.filter((row) => parts[1] === 'all' || row['namespace_id'] === parts[1]).slice().reverse());
      default: return no(404, 'not_found', 'There is no such route.');
    }
  }

  private painted({ method, body }: Asked, parts: string[]): Answer {
    const [area, ns, key] = parts;
    const of = area === 'namespaces' ? 'namespaces' : String(ns);
    const colors = this.colors.get(of) ?? {};
    if (method === 'GET') return ok(colors);
    const { color } = JSON.parse(body) as { color: string | null };
    const { [String(area === 'namespaces' ? ns : key)]: gone, ...others } = colors;
    this.colors.set(of, color === null ? others : { ...others, [String(area === 'namespaces' ? ns : key)]: color });
    return ok();
  }

  private metrics() {
    const date = `${new Date().toISOString().slice(0, 13)}:00:00.000Z`;
    const sizes = [...this.spaces].map(([id, space]) => ({ namespaceId: id, namespaceName: space.title, totalOperations: 120, p50LatencyMs: 0.2, p99LatencyMs: 2, currentKeyCount: space.keys.size, currentByteCount: [...space.keys.values()].reduce((sum, entry) => sum + entry.value.length, 0) }));
    return {
      summary: { totalOperations: 240, operationsByType: { read: 200, write: 40 }, avgLatencyMs: { p50: 0.2, p90: 1, p99: 2 }, totalKeyCount: sizes.reduce((sum, one) => sum + one.currentKeyCount, 0), totalByteCount: sizes.reduce((sum, one) => sum + one.currentByteCount, 0), namespaceCount: sizes.length },
      byNamespace: sizes,
      operationsSeries: [{ date, actionType: 'read', requests: 200 }, { date, actionType: 'write', requests: 40 }],
      storageSeries: [],
    };
  }

  private health(): Answer {
    return { status: 200, body: { namespaces: { total: this.spaces.size }, keys: { totalTracked: 0 }, storage: { backupCoverage: 1, totalBackups: 1, lastBackupDate: new Date(Date.now() - 86_400_000).toISOString() }, recentJobs: { last24h: this.jobs.size, last7d: this.jobs.size, failedLast24h: 0 }, recentFailedJobs: [] } };
  }

  private space(id: string | undefined): Space | undefined {
    return this.spaces.get(id ?? '');
  }

  private write(operation: string, ns: string, key: string | null, details: Record<string, Json> | null = null) {
    this.audit.push({ id: this.next++, namespace_id: ns, key_name: key, operation, user_email: USER, timestamp: new Date().toISOString(), details: details && JSON.stringify(details) });
  }

  private namespaces({ method, body }: Asked, parts: string[]): Answer {
    const id = parts[1];
    if (!id && method === 'GET') {
      return ok([...this.spaces].map(([one, space]) => ({ id: one, title: space.title, supports_url_encoding: true, estimated_key_count: space.keys.size, last_accessed: new Date(Date.now() - 90_000).toISOString() })));
    }
    if (!id) {
      const { title } = JSON.parse(body) as { title: string };
      if ([...this.spaces.values()].some((space) => space.title === title)) return no(409, 'title_taken', 'A namespace has this title already.');
      const made = this.addSpace(title);
      this.write('create_namespace', made, null);
      return ok({ id: made, title, supports_url_encoding: true });
    }
    const space = this.space(id);
    if (!space) return no(404, 'namespace_not_found', 'There is no such namespace.');
    if (method === 'DELETE') {
      this.spaces.delete(id);
      return ok();
    }
    if (parts[2] === 'settings') {
      if (method === 'PUT') space.settings = JSON.parse(body) as Record<string, Json>;
      return ok(space.settings ?? { versioning: { enabled: false }, read_only: false, protected: false });
    }
    if (parts[2] === 'rename') {
      space.title = (JSON.parse(body) as { title: string }).title;
      return ok({ id, title: space.title });
    }
    const sized = [...space.keys].map(([name, entry]) => ({ name, size: entry.value.length, expiration: entry.expiration }));
    const total = sized.reduce((sum, one) => sum + one.size, 0);
    if (parts[2] === 'stats') {
      const histogram: Record<string, number> = { minute: 0, hour: 0, day: 0, week: 0, month: 0, later: 0, none: 0 };
      for (const one of sized) {
        const left = (one.expiration ?? Infinity) - Date.now() / 1000;
        const slot = left === Infinity ? 'none' : left < 60 ? 'minute' : left < 3600 ? 'hour' : left < 86400 ? 'day' : left < 604800 ? 'week' : left < 2592000 ? 'month' : 'later';
        histogram[slot] = (histogram[slot] ?? 0) + 1;
      }
      const prefixes = this.branches(space, ':', '');
      return ok({ key_count: sized.length, total_bytes: total, ttl_histogram: histogram, largest_keys: sized.sort((one, other) => other.size - one.size).slice(0, 10), top_prefixes: prefixes.sort((one, other) => other.count - one.count).slice(0, 10) });
    }
    return ok({ id, title: space.title, estimated_key_count: sized.length, total_bytes: total, keys_with_ttl: sized.filter((one) => one.expiration).length, color: null });
  }

  private branches(space: Space, delimiter: string, prefix: string) {
    const counts = new Map<string, number>();
    for (const name of space.keys.keys()) {
      const end = name.startsWith(prefix) ? name.indexOf(delimiter, prefix.length) : -1;
      if (end >= 0) counts.set(name.slice(0, end + delimiter.length), (counts.get(name.slice(0, end + delimiter.length)) ?? 0) + 1);
    }
    return [...counts].map(([one, count]) => ({ prefix: one, count }));
  }

  private keys({ method, query, body }: Asked, parts: string[]): Answer {
    const space = this.space(parts[1]);
    if (!space) return no(404, 'namespace_not_found', 'There is no such namespace.');
    const ns = parts[1] as string;
    const name = parts[2] as string;
    if (name === 'list') return this.list(space, query);
    if (name === 'tree') return ok({ prefixes: this.branches(space, query.get('delimiter') ?? ':', query.get('prefix') ?? ''), keys: [] });
    if (name === 'rename') return this.rename(space, JSON.parse(body) as Record<string, string>);
    if (name.startsWith('bulk-') && query.get('dry_run') === 'true') return this.rehearsed(space, JSON.parse(body) as Record<string, Json>);
    if (name.startsWith('bulk-')) return this.bulk(ns, space, name, JSON.parse(body) as Record<string, Json>);
    const entry = space.keys.get(name);
    if (method === 'PUT') {
      const given = JSON.parse(body) as Record<string, Json>;
      const expiration = given['expiration_ttl'] ? Math.round(Date.now() / 1000) + Number(given['expiration_ttl']) : given['expiration'] ? Number(given['expiration']) : given['keep_expiration'] ? entry?.expiration : undefined;
      this.put(ns, name, String(given['value']), { encoding: given['encoding'] === 'base64' ? 'base64' : 'utf8', ...(expiration ? { expiration } : {}), ...('metadata' in given ? { metadata: given['metadata'] as Json } : entry?.metadata !== undefined ? { metadata: entry.metadata } : {}) });
      this.write(entry ? 'update' : 'create', ns, name);
      return ok();
    }
    if (method === 'DELETE') {
      space.keys.delete(name);
      this.write('delete', ns, name);
      return ok();
    }
    if (!entry) return no(404, 'key_not_found', 'There is no such key.');
    if (parts[3] === 'raw') return { status: 200, body: Buffer.from(entry.value, entry.encoding), headers: { ETag: `"${entry.updated}"` } };
    return { ...ok({ name, value: entry.value, size: entry.value.length, metadata: entry.metadata ?? null, encoding: entry.encoding, ...(entry.expiration ? { expiration: entry.expiration } : {}) }), headers: { ETag: `"${entry.updated}"` } };
  }

  private list(space: Space, query: URLSearchParams): Answer {
    const prefix = query.get('prefix') ?? '';
    const after = query.get('cursor') ?? '';
    const limit = Number(query.get('limit') ?? 1000);
    const names = [...space.keys.keys()].filter((name) => name.startsWith(prefix) && name > after).sort();
    const page = names.slice(0, limit);
    const complete = names.length <= limit;
    return ok({
      keys: page.map((name) => {
        const entry = space.keys.get(name) as Entry;
        return { name, size: entry.value.length, tags: entry.tags, updated_at: entry.updated, ...(entry.expiration ? { expiration: entry.expiration } : {}), ...(entry.metadata ? { metadata: entry.metadata } : {}) };
      }),
      list_complete: complete,
      ...(complete ? {} : { cursor: page.at(-1) }),
    });
  }

  private rename(space: Space, { old_name: before = '', new_name: after = '' }: Record<string, string>): Answer {
    const entry = space.keys.get(before);
    if (!entry) return no(404, 'key_not_found', 'There is no such key.');
    if (space.keys.has(after)) return no(409, 'key_taken', 'A key of this name exists.');
    space.keys.delete(before);
    space.keys.set(after, entry);
    return ok();
  }

  private rehearsed(space: Space, given: Record<string, Json>): Answer {
    const filter = given['filter'] as { prefix: string } | undefined;
    const names = (given['keys'] as string[] | undefined) ?? [...space.keys.keys()].filter((name) => name.startsWith(filter?.prefix ?? ''));
    const existing = names.filter((name) => space.keys.has(name));
    return ok({ dry_run: true, total: names.length, existing: existing.length, missing: names.length - existing.length, sample: existing.slice(0, 10), conflicts: [] });
  }

  private bulk(ns: string, space: Space, what: string, given: Record<string, Json>): Answer {
    const filter = given['filter'] as { prefix: string } | undefined;
    const names = (given['keys'] as string[] | undefined) ?? [...space.keys.keys()].filter((name) => name.startsWith(filter?.prefix ?? ''));
    const types: Record<string, string> = { 'bulk-delete': 'bulk_delete', 'bulk-copy': 'bulk_copy', 'bulk-ttl': 'bulk_ttl_update' };
    return this.start(types[what] ?? what, ns, names.length, () => {
      for (const name of names) {
        const entry = space.keys.get(name);
        if (what === 'bulk-delete') space.keys.delete(name);
        else if (entry && what === 'bulk-ttl') entry.expiration = Math.round(Date.now() / 1000) + Number(given['expiration_ttl']);
        else if (entry) this.space(String(given['target_namespace_id']))?.keys.set(name, { ...entry });
      }
    });
  }

  private metadata({ method, body }: Asked, parts: string[]): Answer {
    const [, ns, name] = parts as [string, string, string];
    const space = this.space(ns);
    if (!space) return no(404, 'namespace_not_found', 'There is no such namespace.');
    if (name === 'bulk-tag') {
      const given = JSON.parse(body) as { keys: string[]; tags: string[]; operation: string };
      return this.start('bulk_tag', ns, given.keys.length, () => {
        for (const key of given.keys) {
          const entry = space.keys.get(key);
          if (!entry) continue;
          entry.tags = given.operation === 'add' ? [...new Set([...entry.tags, ...given.tags])] : given.operation === 'remove' ? entry.tags.filter((tag) => !given.tags.includes(tag)) : given.tags;
        }
      });
    }
    const entry = space.keys.get(name);
    if (method === 'PUT' && entry) {
      const given = JSON.parse(body) as { tags?: string[]; custom_metadata?: Record<string, Json> };
      entry.tags = given.tags ?? entry.tags;
      entry.custom = given.custom_metadata ?? entry.custom;
      this.write('metadata_update', ns, name);
      return ok();
    }
    return ok({ namespace_id: ns, key_name: name, tags: entry?.tags ?? [], custom_metadata: entry?.custom ?? {}, created_at: entry?.created, updated_at: entry?.updated });
  }

  private versions({ method }: Asked, parts: string[]): Answer {
    const [, ns, name, version] = parts as [string, string, string, string | undefined];
    if (name === undefined) return ok({ versions: [] });
    const entry = this.space(ns)?.keys.get(name);
    if (!entry) return no(404, 'key_not_found', 'There is no such key.');
    if (!version) return ok({ versions: entry.old.map((one) => ({ version: one.version, created_at: one.at, user_email: USER, operation: 'update', size: one.value.length })) });
    const old = entry.old.find((one) => one.version === Number(version));
    if (!old) return no(404, 'version_not_found', 'There is no such version.');
    if (method === 'POST') {
      this.put(ns, name, old.value, { encoding: old.encoding });
      return ok();
    }
    return ok({ version: old.version, value: old.value, encoding: old.encoding });
  }

  private undo(parts: string[]): Answer {
    const [, ns, name] = parts as [string, string, string];
    this.put(ns, name, 'brought back');
    return ok();
  }

  private search({ query }: Asked): Answer {
    const wanted = query.get('query') ?? '';
    const only = query.get('namespaceId');
    const tags = (query.get('tags') ?? '').split(',').filter(Boolean);
    const found = [...this.spaces].filter(([id]) => !only || id === only).flatMap(([id, space]) =>
      [...space.keys].filter(([name, entry]) => name.includes(wanted) && (tags.length === 0 || tags.some((tag) => entry.tags.includes(tag)))).map(([name, entry]) => ({ namespace_id: id, key_name: name, tags: entry.tags, custom_metadata: entry.custom, updated_at: entry.updated })),
    );
    const offset = Number(query.get('offset') ?? 0);
    return { ...ok(found.slice(offset, offset + Number(query.get('limit') ?? 100))), headers: { 'X-Total-Count': String(found.length) } };
  }

  private import({ query, body }: Asked, parts: string[]): Answer {
    const [, ns, preview] = parts as [string, string, string | undefined];
    const space = this.space(ns);
    if (!space) return no(404, 'namespace_not_found', 'There is no such namespace.');
    let items: Record<string, Json>[];
    try {
      items = body.trimStart().startsWith('[') ? JSON.parse(body) : body.split('\n').filter(Boolean).map((line) => JSON.parse(line));
    } catch {
      return no(422, 'import_invalid', 'Line 1, column 2: this is not JSON.');
    }
    const existing = items.filter((item) => space.keys.has(String(item['name'])));
    if (preview) return ok({ format: 'json', items: items.length, new: items.length - existing.length, existing: existing.length, invalid: [], expired: 0, duplicates: 0, bytes: body.length, sample: [] });
    return this.start('import', ns, items.length, () => {
      for (const item of items) {
        if (query.get('collision') === 'skip' && space.keys.has(String(item['name']))) continue;
        this.put(ns, String(item['name']), String(item['value']), {
          encoding: item['encoding'] === 'base64' ? 'base64' : 'utf8',
          tags: (item['tags'] as string[] | undefined) ?? [],
          ...(item['ttl'] ? { expiration: Math.round(Date.now() / 1000) + Number(item['ttl']) } : {}),
          ...(item['metadata'] ? { metadata: item['metadata'] } : {}),
        });
      }
    });
  }

  private start(type: string, ns: string, total: number, run: () => void): Answer {
    const prefix = { bulk_delete: 'delete', bulk_copy: 'copy', bulk_ttl_update: 'ttl', bulk_tag: 'tag' }[type] ?? type;
    const id = `${prefix}-${Date.now()}-${String(this.next++).padStart(13, '0')}`;
    const row = { job_id: id, namespace_id: ns, operation_type: type, status: 'queued', total_keys: total, processed_keys: 0, error_count: 0, current_key: null, percentage: 0, started_at: new Date().toISOString(), completed_at: null, user_email: USER };
    this.jobs.set(id, { row, steps: 0, run, events: [] });
    return ok({ job_id: id, status: 'queued', ws_url: `/api/jobs/${id}/ws`, total_keys: total });
  }

  private jobRoutes({ method }: Asked, parts: string[]): Answer {
    if (!parts[1]) return ok({ jobs: [...this.jobs.values()].map((job) => job.row).reverse(), total: this.jobs.size, limit: 50, offset: 0 });
    const job = this.jobs.get(parts[1]);
    if (!job) return no(404, 'job_not_found', 'There is no such job.');
    if (parts[2] === 'events') return ok({ job_id: parts[1], events: job.events });
    if (parts[2] === 'errors') return ok({ errors: [] });
    if (parts[2] === 'cancel' && method === 'POST') {
      job.row['status'] = 'cancelled';
      return ok();
    }
    if (parts[2]) return no(404, 'not_found', 'There is no such route.');
    this.step(job);
    return ok(job.row);
  }

  /** A job moves on each time it is asked for. */
  private step(job: FakeJob) {
    const { row } = job;
    if (row['status'] !== 'queued' && row['status'] !== 'running') return;
    const event = (event_type: string, details: Record<string, Json>) => job.events.push({ id: this.next++, job_id: String(row['job_id']), event_type, user_email: USER, timestamp: new Date().toISOString(), details: JSON.stringify(details) });
    if (job.steps === 0) event('started', { total: row['total_keys'] as Json });
    job.steps++;
    row['percentage'] = Math.min(100, job.steps * 50);
    row['processed_keys'] = Math.round((Number(row['total_keys']) * Number(row['percentage'])) / 100);
    row['status'] = 'running';
    if (row['percentage'] === 50) event('progress_50', { processed: row['processed_keys'], errors: 0, percentage: 50 });
    if (row['percentage'] !== 100) return;
    job.run();
    row['status'] = 'completed';
    row['completed_at'] = new Date().toISOString();
    row['result'] = { processed: row['total_keys'] as Json, errors: 0 };
    if (row['operation_type'] === 'export') row['download_url'] = `/api/jobs/${String(row['job_id'])}/download`;
    event('completed', { processed: row['total_keys'] as Json, errors: 0, percentage: 100 });
    this.write(String(row['operation_type']), String(row['namespace_id']), null, { total: row['total_keys'] as Json, job_id: row['job_id'] as Json });
  }
}
