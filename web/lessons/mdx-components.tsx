import type { MDXComponents } from 'mdx/types';
import { ChallengeCard } from './ChallengeCard.tsx';
import { CodeBlock } from './CodeBlock.tsx';
import { CodeBeside } from './code/CodeBeside.tsx';
import { ExerciseCard } from './exercises/ExerciseCard.tsx';
import { Fact, Port, Term } from './inline.tsx';
import { Predict } from './PredictCard.tsx';
import { Program } from './Program.tsx';
import { QuizCard } from './QuizCard.tsx';
import { Run } from './RunCommand.tsx';
import { SourceList } from './SourceList.tsx';
import { Answer, Choice, Help, Hint, Otherwise, Seen, SeenWithout, Waiting, Why, WithoutCapture } from './slots.tsx';
import { TaskCard } from './TaskCard.tsx';

/** What a lesson's words may use; `COMPONENTS` of lessons/validate-words.ts lists the same names. */
export const MDX_COMPONENTS: MDXComponents = {
  Answer,
  BreakIt: TaskCard,
  Challenge: ChallengeCard,
  Choice,
  CodeBeside,
  Exercise: ExerciseCard,
  Fact,
  Help,
  Hint,
  Otherwise,
  Port,
  Predict,
  Program,
  Quiz: QuizCard,
  Run,
  Seen,
  SeenWithout,
  Sources: SourceList,
  Step: TaskCard,
  Term,
  Waiting,
  Why,
  WithoutCapture,
  a: ({ children, ...rest }) => (
    <a {...rest} target="_blank" rel="noreferrer">
      {children}
    </a>
  ),
  pre: ({ children }) => <CodeBlock>{children}</CodeBlock>,
};
