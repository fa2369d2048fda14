import { ask } from '../api/client';
import { queries } from '../api/queries';
import { notify } from './Notices';

/** Says that something is gone, and for a while offers to make the same anew. */
export function gone(text: string, path: string, json: unknown, stale: readonly string[]) {
  notify.undoable(text, () => {
    ask(path, { method: 'POST', json }).then(() => Promise.all(stale.map((name) => queries.invalidateQueries({ queryKey: [name] }))), notify.failed);
  });
}
