import { useQuery } from '@tanstack/react-query';
import { SearchX } from 'lucide-react';
import { useRef } from 'react';
import { Link } from 'wouter';
import { address, send } from '../api/client';
import { useNamespaces } from '../api/queries';
import type { Found } from '../api/types';
import { to, useFilters } from '../app/address';
import { useDebounced } from '../app/useDebounced';
import { useListKeys } from '../app/useListKeys';
import { Button } from '../parts/Button';
import { Empty, Failed, SkeletonRows } from '../parts/Empty';
import { SearchBox, Select } from '../parts/Field';
import { Page } from '../parts/Page';
import { plural, When } from '../parts/text';

const PAGE = 100;

export default function Search() {
  const [filters, setFilters] = useFilters(['query', 'namespace', 'tags', 'page']);
  const namespaces = useNamespaces();
  const list = useRef<HTMLTableSectionElement>(null);
  useListKeys(list, 'Results');
  const page = Math.max(1, Number(filters.page) || 1);
  const asked = useDebounced(`${address('', { query: filters.query, namespaceId: filters.namespace, tags: filters.tags, limit: PAGE, offset: (page - 1) * PAGE || undefined })}`);
  const found = useQuery({
    queryKey: ['search', asked],
    queryFn: async ({ signal }) => {
      const response = await send(`/api/search${asked}`, { signal });
      const { result } = (await response.json()) as { result: Found[] };
      return { rows: result, total: Number(response.headers.get('X-Total-Count') ?? result.length) };
    },
    placeholderData: (before) => before,
  });
  const title = (id: string) => namespaces.data?.find((one) => one.id === id)?.title ?? id.slice(0, 8);
  const pages = Math.ceil((found.data?.total ?? 0) / PAGE);
  const filtered = filters.query || filters.tags || filters.namespace;
  return (
    <Page title="Search">
      <div className="toolbar wrap">
        <SearchBox label="Part of a name" keys="/" autoFocus value={filters.query} onChange={(query) => setFilters({ query, page: '' })} />
        <div className="toolbar-field">
          <Select
            label="Namespace"
            value={filters.namespace}
            onChange={(namespace) => setFilters({ namespace, page: '' })}
            options={[{ value: '', label: 'All namespaces' }, ...(namespaces.data ?? []).map((one) => ({ value: one.id, label: one.title }))]}
          />
        </div>
        <input
          className="input toolbar-field"
          aria-label="Tags, any of them, divided by commas"
          placeholder="Tags, like user,team"
          value={filters.tags}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setFilters({ tags: event.target.value, page: '' })}
        />
      </div>
      {found.isPending && <SkeletonRows />}
      {found.isError && <Failed failure={found.error} retry={() => void found.refetch()} />}
      {found.data?.rows.length === 0 && (
        <Empty
          icon={SearchX}
          title={filtered ? 'Nothing matches' : 'No key to show'}
          actions={filtered && <Button onClick={() => setFilters({ query: '', tags: '', namespace: '', page: '' })}>Clear the filters</Button>}
        >
          {filtered ? 'Names are searched for exactly what you typed, letter by letter.' : 'The newest keys of all namespaces would be here.'}
        </Empty>
      )}
      {found.data && found.data.rows.length > 0 && (
        <>
          <p className="quiet number result-count" aria-live="polite">
            {filtered ? plural(found.data.total, 'key') : `The newest of ${plural(found.data.total, 'key')}`}
          </p>
          <div className="card table-wrap">
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">Key</th>
                  <th scope="col" className="roomy">Namespace</th>
                  <th scope="col" className="roomy">Tags</th>
                  <th scope="col" className="roomy">Updated</th>
                </tr>
              </thead>
              <tbody ref={list}>
                {found.data.rows.map((row) => (
                  <tr key={`${row.namespace_id} ${row.key_name}`}>
                    <td className="cut">
                      <Link href={to.key(row.namespace_id, row.key_name)} className="row-link mono" data-row>
                        <Marked text={row.key_name} part={filters.query} />
                      </Link>
                      {row.value_preview && <div className="quiet cut mono preview">{row.value_preview}</div>}
                    </td>
                    <td className="cut soft roomy"><Link href={to.keys(row.namespace_id)}>{title(row.namespace_id)}</Link></td>
                    <td className="roomy"><span className="line wrap tag-list">{row.tags.map((tag) => <span key={tag} className="tag">{tag}</span>)}</span></td>
                    <td className="soft roomy"><When at={row.updated_at} /></td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {pages > 1 && (
            <nav className="pager" aria-label="Pages">
              <Button disabled={page <= 1} onClick={() => setFilters({ page: String(page - 1) })}>Newer</Button>
              <span className="quiet number">{page} of {pages}</span>
              <Button disabled={page >= pages} onClick={() => setFilters({ page: String(page + 1) })}>Older</Button>
            </nav>
          )}
        </>
      )}
    </Page>
  );
}

function Marked({ text, part }: { text: string; part: string }) {
  const at = part ? text.indexOf(part) : -1;
  if (at < 0) return <>{text}</>;
  return (
    <>
      {text.slice(0, at)}
      <mark>{part}</mark>
      {text.slice(at + part.length)}
    </>
  );
}
