import { ask } from '../api/client';
import { tray } from '../api/jobs';
import { queries } from '../api/queries';
import type { JobStarted, Namespace } from '../api/types';
import { notify } from '../parts/Notices';
import { sampleItems } from './sampleItems';

const TITLE = 'sample-shop';
/** Makes a namespace and imports the sample as any import is done: as a job. */
export async function offerSamples(then: (ns: string) => void): Promise<void> {
  try {
    const made = await ask<Namespace>('/api/namespaces', { method: 'POST', json: { title: TITLE } });
    const started = await ask<JobStarted>(`/api/import/${made.id}`, {
      method: 'POST',
      query: { collision: 'skip' },
      body: JSON.stringify(sampleItems()),
      headers: { 'Content-Type': 'text/plain' },
    });
    await queries.invalidateQueries({ queryKey: ['namespaces'] });
    tray.follow(started, 'Import of the sample', () => then(made.id));
  } catch (failure) {
    notify.failed(failure);
  }
}
