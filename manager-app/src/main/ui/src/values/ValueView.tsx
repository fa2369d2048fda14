import { useVirtualizer } from '@tanstack/react-virtual';
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { Editor } from '../code';
import { sentence } from '../api/client';
import { Button } from '../parts/Button';
import { Segments } from '../parts/Field';
import { absolute, bytes as size } from '../parts/text';
import { fromBase64, fromText, hexLine, hexLines, toBase64, toText } from './bytes';
import { imageType, inflate, readJson, VIEW_NAMES, viewsOf, type View } from './detect';
import { JsonTree, type Violation } from './JsonTree';
import { readJwt } from './jwt';
import { readMessagePack } from './msgpack';

interface ValueViewProps {
  /** All of the value, or its beginning. */
  bytes: Uint8Array;
  /** Of the whole value. */
  size?: number;
  /** Reads the rest. */
  onWhole?: () => void;
  /** Without it the value is for reading. */
  onChange?: (bytes: Uint8Array) => void;
  /** What its schema says against it, which the tree shows in its place. */
  violation?: Violation | undefined;
}

/** More than this is not put into an editor unasked. */
const SHOWN_AT_ONCE = 1024 * 1024;

/** A value in whichever of its forms is chosen; all edits end as bytes. */
export function ValueView({ bytes, size: total = bytes.length, onWhole, onChange, violation }: ValueViewProps) {
  const settled = useDeferredValue(bytes);
  const views = useMemo(() => viewsOf(settled), [settled]);
  const [chosen, setChosen] = useState<View>();
  const [whole, setWhole] = useState(false);
  useEffect(() => {
    if (violation) setChosen('json');
  }, [violation]);
  const view = chosen && (views.includes(chosen) || chosen === 'text') ? chosen : (views[0] as View);
  const partial = bytes.length < total;
  const large = partial || (bytes.length > SHOWN_AT_ONCE && (!whole || view === 'base64'));
  const shown = large ? bytes.subarray(0, SHOWN_AT_ONCE) : bytes;
  const edit =
    large || !onChange
      ? {}
      : {
          onChange: (fresh: Uint8Array) => {
            // What is typed may begin to look like something else; the view stays.
            setChosen(view);
            onChange(fresh);
          },
        };
  return (
    <div className="value">
      <div className="value-head">
        <Segments label="View" value={view} options={views.map((one) => ({ value: one, label: VIEW_NAMES[one] }))} onChange={setChosen} />
        <span className="grow" />
        {view === 'text' && !large && onChange && readJson(toText(bytes) ?? '') !== undefined && (
          <Button small onClick={() => onChange(fromText(JSON.stringify(readJson(toText(bytes) ?? ''), null, 2)))}>Format</Button>
        )}
      </div>
      {large && (partial || (view !== 'hex' && view !== 'image')) && (
        <div className="banner value-note">
          <p className="grow">The first MiB of {size(total)} is shown, for reading only.</p>
          {(partial || !whole) && (
            <Button
              small
              onClick={() => {
                setWhole(true);
                if (partial) onWhole?.();
              }}
            >
              Show all of it
            </Button>
          )}
        </div>
      )}
      <div className="value-body">
        <Shown view={view} bytes={view === 'hex' || view === 'image' || view === 'gzip' ? bytes : shown} violation={violation} {...edit} />
      </div>
    </div>
  );
}

function Shown({ view, bytes, onChange, violation }: ValueViewProps & { view: View }) {
  switch (view) {
    case 'text': return <TextView bytes={bytes} {...(onChange ? { onChange } : {})} />;
    case 'json': return <TreeView bytes={bytes} violation={violation} {...(onChange ? { onChange } : {})} />;
    case 'jwt': return <JwtView bytes={bytes} />;
    case 'image': return <ImageView bytes={bytes} />;
    case 'gzip': return <GzipView bytes={bytes} />;
    case 'msgpack': return <JsonTree value={readMessagePack(bytes) ?? null} />;
    case 'hex': return <HexView bytes={bytes} />;
    case 'base64': return <Base64View bytes={bytes} {...(onChange ? { onChange } : {})} />;
  }
}

function TextView({ bytes, onChange }: ValueViewProps) {
  const text = useMemo(() => toText(bytes) ?? new TextDecoder().decode(bytes), [bytes]);
  const first = text.trimStart()[0];
  return (
    <Editor
      label="Value"
      text={text}
      language={bytes.length <= SHOWN_AT_ONCE && (first === '{' || first === '[') ? 'json' : 'text'}
      readOnly={!onChange}
      {...(onChange ? { onChange: (fresh: string) => onChange(fromText(fresh)) } : {})}
    />
  );
}

function TreeView({ bytes, onChange, violation }: ValueViewProps) {
  const value = useMemo(() => readJson(toText(bytes) ?? ''), [bytes]);
  if (value === undefined) return <p className="value-note quiet">This part alone is not JSON.</p>;
  return (
    <div className="value-scroll">
      <JsonTree value={value} violation={violation} {...(onChange ? { onChange: (fresh) => onChange(fromText(JSON.stringify(fresh, null, 2))) } : {})} />
    </div>
  );
}

const MOMENTS: Record<string, string> = { exp: 'Expires', iat: 'Issued', nbf: 'Not before' };

function JwtView({ bytes }: { bytes: Uint8Array }) {
  const jwt = readJwt(toText(bytes) ?? '');
  if (!jwt) return null;
  const payload = typeof jwt.payload === 'object' && jwt.payload !== null && !Array.isArray(jwt.payload) ? jwt.payload : {};
  return (
    <div className="value-scroll stack value-pad">
      <p className="banner">Decoded only. Whether the signature ({jwt.signatureBytes} bytes) holds is not known here.</p>
      <dl className="facts">
        {Object.entries(MOMENTS).filter(([name]) => typeof payload[name] === 'number').map(([name, label]) => (
          <div key={name} className="contents">
            <dt>{label}</dt>
            <dd>{absolute(new Date((payload[name] as number) * 1000))}</dd>
          </div>
        ))}
      </dl>
      <h2 className="section-title">Header</h2>
      <JsonTree value={jwt.header} />
      <h2 className="section-title">Payload</h2>
      <JsonTree value={jwt.payload} />
    </div>
  );
}

function ImageView({ bytes }: { bytes: Uint8Array }) {
  const [address, setAddress] = useState<string>();
  const [measure, setMeasure] = useState('');
  const type = imageType(bytes) ?? '';
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes as BlobPart], { type }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes, type]);
  return (
    <figure className="image-view">
      {address && (
        <img
          src={address}
          alt="The value as a picture"
          onLoad={(event) => setMeasure(`${event.currentTarget.naturalWidth} × ${event.currentTarget.naturalHeight}`)}
          onError={() => setMeasure('It cannot be decoded.')}
        />
      )}
      <figcaption className="quiet number">{type} · {size(bytes.length)}{measure && ` · ${measure}`}</figcaption>
    </figure>
  );
}

function GzipView({ bytes }: { bytes: Uint8Array }) {
  const [inner, setInner] = useState<Uint8Array>();
  const [fault, setFault] = useState<string>();
  useEffect(() => {
    let current = true;
    setInner(undefined);
    setFault(undefined);
    inflate(bytes).then(
      (unpacked) => current && setInner(unpacked),
      (failure: unknown) => current && setFault(sentence(failure)),
    );
    return () => {
      current = false;
    };
  }, [bytes]);
  if (fault) return <p className="fault value-note" role="alert">{fault}</p>;
  if (!inner) return <p className="quiet value-note">Unpacking…</p>;
  return (
    <div className="value-nested">
      <p className="quiet value-note number">{size(bytes.length)} packed, {size(inner.length)} unpacked. For reading only.</p>
      <ValueView bytes={inner} />
    </div>
  );
}

const LINE = 20;

function HexView({ bytes }: { bytes: Uint8Array }) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count: hexLines(bytes), getScrollElement: () => scroller.current, estimateSize: () => LINE, overscan: 20 });
  return (
    <div ref={scroller} className="hex" tabIndex={0} role="region" aria-label="Value in hexadecimal">
      <div className="hex-lines" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const line = hexLine(bytes, item.index);
          return (
            <div key={item.index} className="hex-line" style={{ transform: `translateY(${item.start}px)` }}>
              <span className="quiet">{line.offset}</span>
              <span className="hex-bytes">{line.hex}</span>
              <span className="soft">{line.ascii}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

const ACROSS = 76;

function Base64View({ bytes, onChange }: ValueViewProps) {
  const encoded = useMemo(() => toBase64(bytes).replace(new RegExp(`(.{${ACROSS}})`, 'g'), '$1\n'), [bytes]);
  const [typed, setTyped] = useState<string>();
  const [fault, setFault] = useState(false);
  const change = (text: string) => {
    setTyped(text);
    try {
      onChange?.(fromBase64(text));
      setFault(false);
    } catch {
      setFault(true);
    }
  };
  return (
    <>
      {fault && <p className="fault value-note" role="alert">This is not base64; the value stays as it was.</p>}
      <Editor label="Value in base64" text={typed ?? encoded} language="text" readOnly={!onChange} {...(onChange ? { onChange: change } : {})} />
    </>
  );
}
