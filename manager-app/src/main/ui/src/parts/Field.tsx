import { Search, X } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { useId } from 'react';
import { IconButton } from './Button';

interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  fault?: string | undefined;
  children: (id: string, described: string | undefined) => ReactNode;
}

export function Field({ label, hint, fault, children }: FieldProps) {
  const id = useId();
  const described = hint || fault ? `${id}-hint` : undefined;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id, described)}
      {fault ? (
        <span id={described} className="fault" role="alert">{fault}</span>
      ) : (
        hint && <span id={described} className="hint">{hint}</span>
      )}
    </div>
  );
}

interface TextFieldProps {
  label: ReactNode;
  hint?: ReactNode;
  fault?: string | undefined;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  type?: 'text' | 'password' | 'number' | 'url' | 'date';
  mono?: boolean;
  /** More than one line. */
  lines?: number;
  autoFocus?: boolean;
}

export function TextField({ label, hint, fault, value, onChange, type = 'text', mono, lines, ...rest }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} fault={fault}>
      {(id, described) => {
        const shared = {
          ...rest,
          id,
          'aria-describedby': described,
          'aria-invalid': fault !== undefined,
          className: `input ${mono ? 'mono' : ''}`,
          value,
          autoComplete: 'off',
          spellCheck: false,
        };
        return lines ? (
          <textarea {...shared} rows={lines} onChange={(event) => onChange(event.target.value)} />
        ) : (
          <input {...shared} type={type} onChange={(event) => onChange(event.target.value)} />
        );
      }}
    </Field>
  );
}

interface CheckProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}

export function Check({ checked, onChange, children }: CheckProps) {
  return (
    <label className="choice">
      <input type="checkbox" className="check" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>{children}</span>
    </label>
  );
}

interface SearchBoxProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  keys?: string;
  ref?: Ref<HTMLInputElement>;
  autoFocus?: boolean;
}

export function SearchBox({ label, value, onChange, placeholder, keys, ref, autoFocus }: SearchBoxProps) {
  return (
    <div className="searchbox grow">
      <Search size={14} aria-hidden />
      <input
        ref={ref}
        className="input"
        type="text"
        role="searchbox"
        aria-label={label}
        placeholder={placeholder ?? label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            if (value) onChange('');
            else event.currentTarget.blur();
          }
        }}
        autoComplete="off"
        spellCheck={false}
        autoFocus={autoFocus}
        data-search
      />
      {value ? (
        <span className="searchbox-clear">
          <IconButton icon={X} label="Clear" small onClick={() => onChange('')} />
        </span>
      ) : (
        keys && <kbd aria-hidden>{keys}</kbd>
      )}
    </div>
  );
}

interface SegmentsProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
}

/** One of a few, all visible. */
export function Segments<T extends string>({ label, value, options, onChange }: SegmentsProps<T>) {
  const name = useId();
  return (
    <div className="segments" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label key={option.value}>
          <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
          {option.label}
        </label>
      ))}
    </div>
  );
}

interface SelectProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  options: readonly { value: string; label: string }[];
  id?: string;
}

export function Select({ label, value, onChange, options, id }: SelectProps) {
  return (
    <select id={id} className="select" aria-label={id ? undefined : label} value={value} onChange={(event) => onChange(event.target.value)}>
      {options.map((option) => (
        <option key={option.value} value={option.value}>{option.label}</option>
      ))}
    </select>
  );
}
