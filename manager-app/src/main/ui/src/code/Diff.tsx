import { MergeView, unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { appearance } from './theme';

const NARROW = 720;

interface DiffProps {
  before: string;
  after: string;
  /** What the two are. */
  names: readonly [before: string, after: string];
}

/** Two texts, side by side where there is room for it. */
export default function Diff({ before, after, names: [left, right] }: DiffProps) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const parent = host.current as HTMLElement;
    const shared = (label: string) => [
      appearance,
      lineNumbers(),
      EditorView.lineWrapping,
      EditorState.readOnly.of(true),
      EditorView.editable.of(false),
      EditorView.contentAttributes.of({ 'aria-label': label, role: 'textbox', 'aria-readonly': 'true', 'aria-multiline': 'true', tabindex: '0' }),
    ];
    const collapseUnchanged = { margin: 3, minSize: 6 };
    if (parent.clientWidth < NARROW) {
      const view = new EditorView({
        parent,
        doc: after,
        extensions: [...shared('Changes'), unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged })],
      });
      return () => view.destroy();
    }
    const view = new MergeView({
      parent,
      a: { doc: before, extensions: shared(left) },
      b: { doc: after, extensions: shared(right) },
      collapseUnchanged,
      gutter: true,
    });
    return () => view.destroy();
  }, [before, after, left, right]);
  return (
    <div className="stack-s">
      <p className="diff-names">
        <span className="cut"><span className="diff-lost" aria-hidden>−</span> {left}</span>
        <span className="cut"><span className="diff-fresh" aria-hidden>+</span> {right}</span>
      </p>
      <div ref={host} className="diff" />
    </div>
  );
}
