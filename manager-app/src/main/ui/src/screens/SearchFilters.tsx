import { Check, Field, Segments, Select, TextField } from '../parts/Field';
import { bytes } from '../parts/text';
import type { SearchFilters as Filters } from './searchFilters';

const MATCHES = [
  { value: 'substring', label: 'Part' },
  { value: 'prefix', label: 'Beginning' },
  { value: 'glob', label: 'Glob' },
  { value: 'regex', label: 'Regex' },
] as const;

const EXPLAINED: Record<string, string> = {
  substring: 'Exactly what you type, anywhere in it.',
  prefix: 'Exactly what you type, at its beginning.',
  glob: '* is any text, ? one character.',
  regex: 'RE2: linear in time, without look-around.',
};

const PLACES = [
  { value: 'name', label: 'Name' },
  { value: 'tags', label: 'Tags' },
  { value: 'metadata', label: 'Metadata' },
];

const MODES = [
  { value: 'any', label: 'Any' },
  { value: 'all', label: 'All' },
  { value: 'none', label: 'None' },
] as const;

const ORDERS = [
  { value: '', label: 'Newest first' },
  { value: 'oldest', label: 'Oldest first' },
  { value: 'name', label: 'By name' },
  { value: '-name', label: 'By name, backwards' },
  { value: 'largest', label: 'Largest first' },
  { value: 'smallest', label: 'Smallest first' },
  { value: 'expiring', label: 'Soonest to expire first' },
];

const LIVES = [
  { value: '', label: 'Whether or not it expires' },
  { value: 'true', label: 'Expires' },
  { value: 'false', label: 'Never expires' },
];

interface SearchFiltersProps {
  filters: Filters;
  onChange: (changed: Partial<Filters>) => void;
}

/** Everything by which keys can be found beside a text, a namespace and tags. */
export function SearchFilters({ filters, onChange }: SearchFiltersProps) {
  const match = filters.match || 'substring';
  const places = (filters.in || 'name').split(',');
  const look = (place: string, on: boolean) => {
    const chosen = PLACES.map((one) => one.value).filter((one) => (one === place ? on : places.includes(one)));
    if (chosen.length > 0) onChange({ in: chosen.join() === 'name' ? '' : chosen.join() });
  };
  const size = (name: 'size_min' | 'size_max', label: string) => (
    <TextField label={label} type="number" hint={filters[name] ? bytes(Number(filters[name])) : 'Bytes'} value={filters[name]} onChange={(value) => onChange({ [name]: value })} />
  );
  return (
    <section className="card filters" aria-label="Filters">
      <div className="field">
        <span className="field-name">The text is</span>
        <Segments label="The text is" value={match} options={MATCHES} onChange={(value) => onChange({ match: value === 'substring' ? '' : value })} />
        <span className="hint">{EXPLAINED[match]}</span>
      </div>
      <fieldset className="field">
        <legend>Looked for in</legend>
        <span className="line wrap filter-checks">
          {PLACES.map((place) => <Check key={place.value} checked={places.includes(place.value)} onChange={(on) => look(place.value, on)}>{place.label}</Check>)}
        </span>
      </fieldset>
      <div className="field">
        <span className="field-name">Of the tags, a key has</span>
        <Segments label="Of the tags, a key has" value={filters.tags_mode || 'any'} options={MODES} onChange={(value) => onChange({ tags_mode: value === 'any' ? '' : value })} />
      </div>
      <Field label="Expiration">{(id) => <Select id={id} label="Expiration" value={filters.has_ttl} onChange={(has_ttl) => onChange({ has_ttl })} options={LIVES} />}</Field>
      <div className="pair">{size('size_min', 'Size at least')}{size('size_max', 'Size at most')}</div>
      <div className="pair">
        <TextField label="Custom metadata field" mono placeholder="owner.team" value={filters.field} onChange={(field) => onChange({ field })} />
        <TextField label="is" mono value={filters.field_value} onChange={(field_value) => onChange({ field_value })} />
      </div>
      <Days what="Created" name="created" filters={filters} onChange={onChange} />
      <Days what="Updated" name="updated" filters={filters} onChange={onChange} />
      <Days what="Expires" name="expires" filters={filters} onChange={onChange} />
      <Field label="Order">{(id) => <Select id={id} label="Order" value={filters.sort} onChange={(sort) => onChange({ sort })} options={ORDERS} />}</Field>
    </section>
  );
}

function Days({ what, name, filters, onChange }: SearchFiltersProps & { what: string; name: 'created' | 'updated' | 'expires' }) {
  const [after, before] = [`${name}_after`, `${name}_before`] as const;
  return (
    <div className="pair">
      <TextField label={`${what} from`} type="date" value={filters[after]} onChange={(value) => onChange({ [after]: value })} />
      <TextField label={`${what} until`} type="date" value={filters[before]} onChange={(value) => onChange({ [before]: value })} />
    </div>
  );
}
