/** What is wrong with a program: where its text is no JavaScript, and where its last run failed. */
import { syntaxTree } from '@codemirror/language';
import { type Diagnostic, linter } from '@codemirror/lint';
import { type EditorState, StateEffect, StateField } from '@codemirror/state';

/** Where a program failed. */
export interface Failure {
  /** From 1; `null`: not known. */
  readonly line: number | null;
  readonly text: string;
}

/** Marks of bad syntax shown at once. */
const MAX_SYNTAX_MARKS = 5;

/** Tells the editor where the program failed; `null`: it did not. */
export const setFailure = StateEffect.define<Failure | null>();

const failureField = StateField.define<Failure | null>({
  create: () => null,
  update: (failure, transaction) => {
    for (const effect of transaction.effects) if (effect.is(setFailure)) return effect.value;
    // A changed text is not the one that failed.
    return transaction.docChanged ? null : failure;
  },
});

/** Underlines what is wrong. `noJavaScript` is the sentence for bad syntax. */
export function codeProblems(noJavaScript: string) {
  return [
    failureField,
    linter((view) => [...syntaxMarks(view.state, noJavaScript), ...failureMarks(view.state)], {
      delay: 400,
      needsRefresh: ({ transactions }) =>
        transactions.some(({ effects }) => effects.some((each) => each.is(setFailure))),
    }),
  ];
}

function syntaxMarks(state: EditorState, message: string): readonly Diagnostic[] {
  const marks: Diagnostic[] = [];
  syntaxTree(state).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError && marks.length < MAX_SYNTAX_MARKS)
        marks.push({ from, to: Math.min(state.doc.length, Math.max(to, from + 1)), severity: 'error', message });
    },
  });
  return marks;
}

function failureMarks(state: EditorState): readonly Diagnostic[] {
  const failure = state.field(failureField);
  if (!failure?.line || failure.line > state.doc.lines) return [];
  const { from, to } = state.doc.line(failure.line);
  return [{ from, to, severity: 'error', message: failure.text }];
}
