/** What the expressions of a script stand for. */
import type { Expression } from '../language/expression.ts';
import { ScriptProblem } from '../language/problem.ts';
import { BSD_STATES, CONSTANTS } from './constants.ts';

/** A number; a name by its value on Linux; a list of one, and `htons(…)`, as what is in it. `null`: `...`. */
export function numberOf(expression: Expression): number | null {
  switch (expression.kind) {
    case 'any':
      return null;
    case 'number':
      return expression.value;
    case 'word':
      return constant(expression.name, expression);
    case 'or':
      return ((numberOf(expression.left) ?? 0) | (numberOf(expression.right) ?? 0)) >>> 0;
    case 'list':
      return expression.items.length === 1 && expression.items[0] ? numberOf(expression.items[0]) : refuse(expression);
    case 'call':
      return expression.arguments.length === 1 && expression.arguments[0]
        ? numberOf(expression.arguments[0])
        : refuse(expression);
    default:
      return refuse(expression);
  }
}

function constant(name: string, { place }: Expression): number {
  const value = CONSTANTS[name] ?? BSD_STATES[name];
  if (value === undefined) throw new ScriptProblem('unsupported', place, `the name ${name} is not known`);
  return value;
}

function refuse({ place }: Expression): never {
  throw new ScriptProblem('unsupported', place, 'expected a number here');
}

/** The name that stands there; `null` when it is something else. */
export function nameOf(expression: Expression | undefined): string | null {
  return expression?.kind === 'word' ? expression.name : null;
}

/** Whether a number is the one a script says; `...` is any. */
export function isExpected(expected: Expression, actual: number): boolean {
  const number = numberOf(expected);
  return number === null || number === actual;
}
