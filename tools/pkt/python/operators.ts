/** Python's operators on numbers, texts and truth values. */
import { PythonProblem } from './tokens.ts';

/** What an expression of a script may come to. */
export type PythonValue = number | string | boolean;

/** Whether a value counts as true: not zero, not empty. */
export function truth(value: PythonValue): boolean {
  return value !== 0 && value !== '' && value !== false;
}

const COMPARE: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

/** Compares as Python does: texts only with texts, truth values as 0 and 1. */
export function compare(operator: string, left: PythonValue, right: PythonValue): boolean {
  if (operator === '==') return same(left, right);
  if (operator === '!=') return !same(left, right);
  if (typeof left === 'string' || typeof right === 'string') throw new PythonProblem('texts have no order here');
  return COMPARE[operator]?.(Number(left), Number(right)) ?? false;
}

function same(left: PythonValue, right: PythonValue): boolean {
  if (typeof left === 'string' || typeof right === 'string') return left === right;
  return Number(left) === Number(right);
}

const BINARY: Readonly<Record<string, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '//': (left, right) => Math.floor(left / right),
  // Python's remainder has the sign of the divisor.
  '%': (left, right) => left - Math.floor(left / right) * right,
  '**': (left, right) => left ** right,
  '&': (left, right) => Number(BigInt(left) & BigInt(right)),
  '|': (left, right) => Number(BigInt(left) | BigInt(right)),
  '^': (left, right) => Number(BigInt(left) ^ BigInt(right)),
  '<<': (left, right) => left * 2 ** right,
  '>>': (left, right) => Math.floor(left / 2 ** right),
};

/** Applies an operator. Throws a PythonProblem where Python would raise an error, or for a text that is formatted. */
export function binary(operator: string, left: PythonValue, right: PythonValue): PythonValue {
  if (operator === '+' && typeof left === 'string' && typeof right === 'string') return left + right;
  if (operator === '%' && typeof left === 'string') return `${left} % ${String(right)}`;
  if (typeof left === 'string' || typeof right === 'string')
    throw new PythonProblem(`"${operator}" of a text is not supported`);
  const work = BINARY[operator];
  if (!work) throw new PythonProblem(`the operator ${operator} is not supported`);
  const isDivision = operator === '/' || operator === '//' || operator === '%';
  if (isDivision && Number(right) === 0) throw new PythonProblem('division by zero');
  const needsWhole = operator === '&' || operator === '|' || operator === '^';
  if (needsWhole && !(Number.isInteger(Number(left)) && Number.isInteger(Number(right))))
    throw new PythonProblem(`"${operator}" is of whole numbers`);
  return work(Number(left), Number(right));
}
