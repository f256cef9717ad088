import { autocompletion, completeFromList, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { javascript, javascriptLanguage } from '@codemirror/lang-javascript';
import { bracketMatching, indentOnInput } from '@codemirror/language';
import { lintGutter } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_PROGRAM_CHARS } from '../share/limits.ts';
import { codeProblems, type Failure, setFailure } from './code-problems.ts';
import { codeTheme } from './code-theme.ts';
import s from './ProgramsPanel.module.css';

/** What programs of the lab find, besides JavaScript itself. */
const API = [
  'net.createServer',
  'net.connect',
  'dgram.createSocket',
  'console.log',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'Buffer.from',
  'Buffer.alloc',
  'socket.write',
  'socket.end',
  'socket.destroy',
  'socket.pause',
  'socket.resume',
  'socket.setNoDelay',
  'socket.setKeepAlive',
  'socket.setEncoding',
  "socket.on('data'",
  "socket.on('end'",
  "socket.on('close'",
  "socket.on('drain'",
  "socket.on('error'",
].map((label) => ({ label, type: 'function' }));

/** Props of {@link CodeEditor}. */
export interface CodeEditorProps {
  readonly label: string;
  readonly text: string;
  readonly failure: Failure | null;
  readonly onChange: (text: string) => void;
}

/** An editor for one program. Tab leaves it, as everywhere on the page. A text past its bound is not taken. */
export function CodeEditor({ label, text, failure, onChange }: CodeEditorProps) {
  const { t, i18n } = useTranslation('lab');
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const words = useRef(new Compartment());
  const change = useRef(onChange);
  change.current = onChange;
  const first = useRef(text);
  useEffect(() => {
    if (!box.current) return;
    const extensions = [...EXTENSIONS, words.current.of([]), told(change)];
    const state = EditorState.create({ doc: first.current, extensions });
    const made = new EditorView({ parent: box.current, state });
    view.current = made;
    return () => {
      view.current = null;
      made.destroy();
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language
  useEffect(() => {
    const extensions = [
      EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
      codeProblems(t('program.syntax')),
    ];
    view.current?.dispatch({ effects: words.current.reconfigure(extensions) });
  }, [label, t, i18n.language]);
  useEffect(() => {
    const shown = view.current;
    if (!shown || shown.state.doc.toString() === text) return;
    shown.dispatch({ changes: { from: 0, to: shown.state.doc.length, insert: text } });
  }, [text]);
  useEffect(() => {
    view.current?.dispatch({ effects: setFailure.of(failure) });
  }, [failure]);
  return <div ref={box} className={s.editor} />;
}

const EXTENSIONS = [
  lineNumbers(),
  lintGutter(),
  history(),
  drawSelection(),
  indentOnInput(),
  bracketMatching(),
  highlightActiveLine(),
  javascript(),
  javascriptLanguage.data.of({ autocomplete: completeFromList(API) }),
  autocompletion(),
  EditorView.lineWrapping,
  EditorState.changeFilter.of((transaction) => transaction.newDoc.length <= MAX_PROGRAM_CHARS),
  keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
  codeTheme,
];

function told(change: { readonly current: (text: string) => void }) {
  return EditorView.updateListener.of((update) => {
    if (update.docChanged) change.current(update.state.doc.toString());
  });
}
