import type { Json } from '../src/api/types';
import { no, ok, type Answer, type Asked } from './answer';

type Document = Record<string, Json>;

/** Documents of one kind, as the manager keeps what people set: each has an id and the time of its last change. */
export class Shelf {
  private readonly all = new Map<string, Document>();

  constructor(private readonly one: string, private readonly many: string, private readonly fresh: (given: Document) => Document = (given) => given) {}

  add(given: Document): Document {
    const id = String(given['namespace_id'] && this.one === 'threshold' ? given['namespace_id'] : (this.all.size + 1).toString(16).padStart(32, 'd'));
    const made = { ...this.fresh(given), id, updated_at: new Date().toISOString() };
    this.all.set(id, made);
    return made;
  }

  list(): Document[] {
    return [...this.all.values()];
  }

  find(id: string | undefined): Document | undefined {
    return this.all.get(id ?? '');
  }

  answer({ method, body }: Asked, id: string | undefined): Answer {
    if (!id) return method === 'GET' ? ok({ [this.many]: this.list() }) : { ...ok({ [this.one]: this.add(JSON.parse(body) as Document) }), status: 201 };
    const present = this.all.get(id);
    if (!present) return no(404, `${this.one}_not_found`, 'There is no such thing.');
    if (method === 'DELETE') {
      this.all.delete(id);
      return ok({ deleted: true });
    }
    if (method === 'PUT') this.all.set(id, { ...present, ...this.fresh({ ...present, ...(JSON.parse(body) as Document) }), id, updated_at: new Date().toISOString() });
    return ok({ [this.one]: this.all.get(id) });
  }
}
