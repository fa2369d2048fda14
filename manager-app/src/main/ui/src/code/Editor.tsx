import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from '@codemirror/language';
import { linter, lintGutter } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { appearance } from './theme';

export type Language = 'json' | 'text';

interface EditorProps {
  label: string;
  text: string;
  language: Language;
  readOnly?: boolean;
  onChange?: (text: string) => void;
  /** Ctrl Enter, or Command. */
  onSubmit?: () => void;
}

/** Tab is left to the browser, so that the keyboard never gets stuck. */
export default function Editor({ label, text, language, readOnly, onChange, onSubmit }: EditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const told = useRef(onChange);
  const submitted = useRef(onSubmit);
  const languages = useRef(new Compartment());
  const wrapping = useRef(new Compartment());
  useEffect(() => {
    told.current = onChange;
    submitted.current = onSubmit;
  });
  useEffect(() => {
    const editor = new EditorView({
      parent: host.current as HTMLElement,
      state: EditorState.create({
        doc: text,
        extensions: [
          appearance,
          lineNumbers(),
          highlightActiveLineGutter(),
          foldGutter(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          highlightActiveLine(),
          highlightSelectionMatches(),
          search({ top: true }),
          wrapping.current.of(wrapped(text)),
          EditorState.readOnly.of(readOnly ?? false),
          EditorView.contentAttributes.of({ 'aria-label': label, ...(readOnly ? { 'aria-readonly': 'true' } : {}) }),
          keymap.of([
            { key: 'Mod-Enter', run: () => submitted.current !== undefined && (submitted.current(), true) },
            ...defaultKeymap,
            ...searchKeymap,
            ...historyKeymap,
            ...foldKeymap,
          ]),
          languages.current.of(of(language)),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) told.current?.(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
    // The text is followed below, without losing the place of the cursor.
  }, [label, readOnly]);
  useEffect(() => {
    const editor = view.current;
    if (editor && editor.state.doc.toString() !== text) {
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text }, effects: wrapping.current.reconfigure(wrapped(text)) });
    }
  }, [text]);
  useEffect(() => {
    view.current?.dispatch({ effects: languages.current.reconfigure(of(language)) });
  }, [language]);
  return <div ref={host} className="code" />;
}

/** To wrap a line of millions of letters takes the browser seconds; left as it is, only what is in sight is drawn. */
const LONGEST_WRAPPED = 50_000;

function wrapped(text: string) {
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from);
    const until = end < 0 ? text.length : end;
    if (until - from > LONGEST_WRAPPED) return [];
    from = until + 1;
  }
  return EditorView.lineWrapping;
}

function of(language: Language) {
  return language === 'json' ? [json(), linter(jsonParseLinter()), lintGutter()] : [];
}
