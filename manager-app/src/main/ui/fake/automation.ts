import type { Json } from '../src/api/types';
import { no, ok, type Answer, type Asked } from './answer';
import { Shelf } from './shelf';

const USER = 'dev@localhost';
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

/** What the manager does by itself, or tells others: kept as it is given, and never done. */
export class FakeAutomation {
  readonly webhooks = new Shelf('webhook', 'webhooks', ({ secret, ...given }) => ({ enabled: true, has_secret: secret ? true : (given['has_secret'] ?? false), ...given }));
  readonly rules = new Shelf('rule', 'rules');
  readonly thresholds = new Shelf('threshold', 'thresholds');
  readonly templates = new Shelf('template', 'templates', (given) => ({ description: '', settings: {}, ...given }));
  readonly searches = new Shelf('search', 'searches', (given) => ({ owner: USER, ...given }));
  readonly schedules = new Shelf('schedule', 'schedules', (given) => ({ owner: USER, enabled: true, next_run_at: new Date(Date.now() + 3_600_000).toISOString(), last_run: null, ...given }));
  readonly grants = new Shelf('grant', 'grants', (given) => ({ created_by: USER, ...given }));
  private readonly alerts: Record<string, Json>[] = [
    { id: 'a1', rule_id: 'r1', rule_name: 'Sessions end', type: 'expiring_within', namespace_id: '', message: '12 keys end within 1 hour', state: 'open', opened_at: ago(7), resolved_at: null, acknowledged_by: null, acknowledged_at: null },
    { id: 'a2', rule_id: 'r2', rule_name: 'A job failed', type: 'job_failed', namespace_id: '', message: 'import failed', state: 'resolved', opened_at: ago(300), resolved_at: ago(200), acknowledged_by: USER, acknowledged_at: ago(290) },
  ];

  /** Nothing for what is none of its routes. */
  answer(asked: Asked, parts: readonly string[]): Answer | undefined {
    const [area, id, more] = parts;
    switch (area) {
      case 'webhooks': return this.webhook(asked, id, more);
      case 'alerts': return this.alert(asked, parts);
      case 'thresholds': return this.thresholds.answer(asked, id);
      case 'templates': return more === 'apply' ? ok({ keys: 1 }) : this.templates.answer(asked, id);
      case 'searches': return this.searches.answer(asked, id);
      case 'schedules': return this.schedule(asked, id, more);
      case 'roles': return id ? this.grants.answer(asked, id) : asked.method === 'GET' ? ok({ grants: this.grants.list(), enforced: this.grants.list().length > 0 }) : this.grants.answer(asked, id);
      case 'notifications': return ok({ notifications: [{ id: 'n1', kind: 'alert', namespace_id: '', title: 'Sessions end: 12 keys end within 1 hour', about: 'a1', timestamp: ago(7) }] });
      case 'api-keys': return ok({ api_keys: [] });
      case 'r2-backup': return more === 'list' ? ok([{ path: `backups/${id}/1795294629028.ndjson`, timestamp: Date.now() - 86_400_000, size: 48_213, uploaded: ago(1440) }]) : undefined;
      default: return undefined;
    }
  }

  private webhook(asked: Asked, id: string | undefined, more: string | undefined): Answer {
    if (more === 'test') return ok({ success: true, statusText: '204' });
    if (more === 'deliveries') return ok({ deliveries: [{ delivery_id: 'd1', event: 'key_update', attempt: 1, timestamp: ago(3), success: true, final: true, status: 204 }, { delivery_id: 'd0', event: 'job_failed', attempt: 2, timestamp: ago(9), success: false, final: false, error: 'no address for the name' }] });
    return this.webhooks.answer(asked, id);
  }

  private alert(asked: Asked, parts: readonly string[]): Answer {
    if (parts[1] === 'rules') return this.rules.answer(asked, parts[2]);
    if (parts[2] !== 'ack') return ok({ alerts: this.alerts.filter((one) => !asked.query.get('state') || one['state'] === asked.query.get('state')) });
    const alert = this.alerts.find((one) => one['id'] === parts[1]);
    if (!alert) return no(404, 'alert_not_found', 'There is no such alert.');
    Object.assign(alert, { acknowledged_by: USER, acknowledged_at: new Date().toISOString() });
    return ok({ alert });
  }

  private schedule(asked: Asked, id: string | undefined, more: string | undefined): Answer {
    if (more === 'runs') return ok({ runs: [{ id: 'run1', trigger: 'tick', due_at: ago(600), begun_at: ago(600), ended_at: ago(599), attempt: 1, status: 'completed', job_id: null, error: null }], total: 1 });
    if (more === 'run') return ok({ run: { id: 'run2', trigger: 'manual', due_at: ago(0), begun_at: null, ended_at: null, attempt: 1, status: 'refused', job_id: null, error: { code: 'fake', message: 'Nothing runs here.' } } });
    return this.schedules.answer(asked, id);
  }
}
