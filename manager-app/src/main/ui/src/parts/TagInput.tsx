import { X } from 'lucide-react';
import { useId, useState } from 'react';

const MOST = 100;
const LONGEST = 128;

/** Tags as a line of chips; Enter or a comma ends one, Backspace takes the last. */
export function TagInput({ tags, onChange, label = 'Tags' }: { tags: readonly string[]; onChange: (tags: string[]) => void; label?: string }) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [fault, setFault] = useState('');
  const add = (text: string) => {
    const fresh = text.split(',').map((tag) => tag.trim()).filter(Boolean);
    if (fresh.some((tag) => new TextEncoder().encode(tag).length > LONGEST)) {
      setFault('A tag has at most 128 bytes.');
      return;
    }
    const all = [...new Set([...tags, ...fresh])];
    if (all.length > MOST) {
      setFault('A key has at most 100 tags.');
      return;
    }
    setFault('');
    setTyped('');
    if (fresh.length > 0) onChange(all);
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="tag-input">
        {tags.map((tag) => (
          <span key={tag} className="tag">
            <span className="cut">{tag}</span>
            <button type="button" aria-label={`Remove the tag ${tag}`} onClick={() => onChange(tags.filter((one) => one !== tag))}>
              <X size={12} aria-hidden />
            </button>
          </span>
        ))}
        <input
          id={id}
          value={typed}
          placeholder={tags.length === 0 ? 'Add a tag, then Enter' : ''}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={fault !== ''}
          onChange={(event) => (event.target.value.includes(',') ? add(event.target.value) : setTyped(event.target.value))}
          onBlur={() => typed && add(typed)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && typed.trim()) {
              event.preventDefault();
              add(typed);
            } else if (event.key === 'Backspace' && typed === '' && tags.length > 0) onChange(tags.slice(0, -1));
          }}
        />
      </div>
      {fault && <span className="fault" role="alert">{fault}</span>}
    </div>
  );
}
