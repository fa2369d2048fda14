import { MergeView, unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { appearance } from './theme';

const NARROW = 720;

/** Two texts, side by side where there is room for it. */
export default function Diff({ before, after }: { before: string; after: string }) {
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
      a: { doc: before, extensions: shared('Before') },
      b: { doc: after, extensions: shared('After') },
      collapseUnchanged,
      gutter: true,
    });
    return () => view.destroy();
  }, [before, after]);
  return <div ref={host} className="diff" />;
}
