/**
 * `npm run lessons`: checks every lesson, both languages, says how much there is of each, and does its solve on a real
 * playground.
 * Options: `--no-solve` leaves the latter out. The exit code is 1 when anything is wrong.
 */
import { readdir, readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { countLesson } from '../lessons/counts.ts';
import type { Surroundings } from '../lessons/findings.ts';
import { type Problem, problemText } from '../lessons/lesson-shape.ts';
import { lessonProblems } from '../lessons/validate.ts';
import { PAGE_PORT } from '../server/config.ts';
import { startTestPlayground } from '../server/testing/playground.ts';
import { runCommand } from './run/command.js';
import { inRepository, SCRIPTS } from './run/repository.js';

/** Longest time that all solves may take. */
const SOLVE_TIMEOUT_MS = 5 * 60_000;
/** `01-sockets`. */
const LESSON_FOLDER = /^\d{2}-[a-z0-9-]+$/;
/** What every lesson is made of. */
const FILES = ['lesson.ts', 'en.mdx', 'zh.mdx'];

const around = await surroundings();
const problems: Problem[] = [];
const counts: Record<string, ReturnType<typeof countLesson>> = {};
const folders = (await readdir(inRepository('lessons'))).filter((name) => LESSON_FOLDER.test(name)).sort();
for (const folder of folders) {
  const found = await check(folder, around);
  problems.push(...found);
  console.log(`${found.length === 0 ? '✓' : '✗'} ${folder}`);
}
console.table(counts);
for (const problem of problems) console.error(problemText(problem));
if (problems.length > 0) process.exitCode = 1;
else if (!process.argv.includes('--no-solve')) await solve();

async function check(folder: string, around: Surroundings): Promise<readonly Problem[]> {
  const files = await Promise.allSettled([
    import(pathToFileURL(inRepository('lessons', folder, 'lesson.ts')).href),
    readFile(inRepository('lessons', folder, 'en.mdx'), 'utf8'),
    readFile(inRepository('lessons', folder, 'zh.mdx'), 'utf8'),
  ]);
  const [module, en, zh] = files;
  if (module.status === 'fulfilled' && en.status === 'fulfilled' && zh.status === 'fulfilled') {
    const found = lessonProblems({ folder, lesson: module.value.lesson, en: en.value, zh: zh.value }, around);
    if (found.length === 0) counts[folder] = countLesson(module.value.lesson, en.value, zh.value);
    return found;
  }
  return files.flatMap((file, index) =>
    file.status === 'rejected' ? [unreadable(`${folder}/${FILES[index]}`, file.reason)] : [],
  );
}

function unreadable(file: string, reason: unknown): Problem {
  const isMissing = reason instanceof Error && 'code' in reason && reason.code === 'ENOENT';
  return { file, where: '', message: isMissing ? 'is missing' : String(reason) };
}

/** The demos there are, and the ports that no lesson may write out. */
async function surroundings(): Promise<Surroundings> {
  const playground = await startTestPlayground();
  await playground.close();
  return { demos: [...playground.usualPorts.keys()], ports: [PAGE_PORT, ...playground.usualPorts.values()] };
}

async function solve(): Promise<void> {
  const args = [SCRIPTS.vitest, 'run', '--project', 'unit', 'lessons/solve.test.ts'];
  const { code } = await runCommand(process.execPath, args, { output: 'inherit', timeoutMs: SOLVE_TIMEOUT_MS });
  if (code !== 0) process.exitCode = 1;
}
