import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { lesson } from './01-sockets/lesson.ts';
import { COURSE, folderOf } from './index.ts';
import { problemText } from './lesson-shape.ts';
import type { Lesson } from './schema.ts';
import { LESSONS } from './testing/lessons.ts';
import { type LessonFiles, lessonProblems } from './validate.ts';

const around = {
  demos: ['echo', 'discard', 'daytime', 'chat-lines', 'chat-json', 'hosted-im', 'xmpp', 'http', 'tls'],
  ports: [5222, 7007, 7009, 7013, 7020, 7021, 7030, 7070, 7080, 7443],
};

function filesOf(folder: string, value: Lesson): LessonFiles {
  const words = (language: string) =>
    readFileSync(fileURLToPath(new URL(`${folder}/${language}.mdx`, import.meta.url)), 'utf8');
  return { folder, lesson: value, en: words('en'), zh: words('zh') };
}

const good = filesOf('01-sockets', lesson);

/** Everything wrong with lesson 1 after a change, as lines. */
function problems(changed: Partial<LessonFiles>): readonly string[] {
  return lessonProblems({ ...good, ...changed }, around).map(problemText);
}

/** Lesson 1 with the value at a path, such as `steps.0.check`, replaced; `undefined` takes it away. */
function spoilt(path: string, value: unknown): Partial<LessonFiles> {
  const copy = structuredClone(lesson);
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const holder = keys.reduce<object>((each, key) => Reflect.get(each, key), copy);
  if (value === undefined) Reflect.deleteProperty(holder, last);
  else Reflect.set(holder, last, value);
  return { lesson: copy };
}

describe('every lesson of the course', () => {
  it.each(LESSONS.map((each) => [folderOf(each), each] as const))(
    '%s is complete in both languages',
    (folder, value) => {
      expect(lessonProblems(filesOf(folder, value), around).map(problemText)).toEqual([]);
    },
  );

  it('has its place', () => {
    expect(COURSE.map(({ number }) => number)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
  });
});

describe('a lesson file', () => {
  it('that the list of the course tells otherwise says how its entry must read', () => {
    const lines = problems(spoilt('minutes', 9));
    expect(lines).toEqual([
      expect.stringMatching(/^01-sockets\/lesson\.ts: has another entry in COURSE .*"minutes":9,"parts":\["connect"/),
    ]);
  });

  it('with an unknown check names file, step and what is allowed', () => {
    const [line] = problems(spoilt('steps.0.check', { kind: 'opend', demo: 'echo' }));
    expect(line).toBe(
      '01-sockets/lesson.ts: step "connect", check, kind: there is no check "opend"; allowed: opened, data, echoed, half-closed, closed, reset, failed, at-once, went-away, all, in-one, any, not, then, packets, sockets, captured, solved, lab-sent, lab-lost, lab-arrived, lab-state, lab-printed, lab-cwnd, lab-halved',
    );
  });

  it('that asks one conversation for what no conversation shows says so', () => {
    const check = { kind: 'in-one', of: [lesson.steps[0]?.check, { kind: 'at-once', conversations: 2 }] };
    expect(problems(spoilt('steps.0.check', check))).toEqual([
      '01-sockets/lesson.ts: step "connect": at-once says nothing of one conversation: put it beside inOne(…)',
    ]);
  });

  it.each([
    [
      'an unknown key',
      'steps.0.chek',
      {},
      'step "connect": has no chek; allowed: id, command, program, lab, check, hints, solve, predictions',
    ],
    [
      'an unknown action',
      'steps.1.solve.0.do',
      'shout',
      'step "talk", solve action 1, do: there is no action "shout"; allowed: connect, say, hear, hang-up, send, secure, run',
    ],
    ['a missing field', 'minutes', undefined, 'minutes: must be number, but is missing'],
    ['an unknown topic', 'topic', 'boats', 'topic: "boats" is not allowed; allowed: sockets, addresses,'],
    ['a bad id', 'steps.0.id', 'Über uns', 'must be made of small letters, digits and hyphens'],
    ['too few steps', 'steps', lesson.steps.slice(0, 2), 'steps: needs at least three steps'],
    ['no quiz', 'quiz', [], 'quiz: needs at least one question'],
    ['no experiment', 'breakIt', [], 'breakIt: needs at least one experiment'],
    ['no sources', 'sources', [], 'sources: needs at least one source'],
    ['an empty solve', 'steps.0.solve', [], 'step "connect", solve: must do something'],
    ['nothing to say', 'steps.2.check', {}, 'step "second", check, kind: there is no check undefined'],
  ])('with %s says so', (_name, path, value, message) => {
    expect(problems(spoilt(path, value)).join('\n')).toContain(message);
  });

  it.each([
    ['no prediction', 'steps.2.predictions', undefined, 'need at least one prediction'],
    ['an id used twice', 'quiz.0.id', 'talk', 'talk: is the id of two steps, questions or experiments'],
    ['a right answer that is no choice', 'quiz.0.right', 'maybe', 'quiz "third", right: must be one of same-four,'],
    [
      'an unknown demo',
      'steps.0.check.demo',
      'ecko',
      'step "connect": there is no demo "ecko"; allowed: echo, discard, daytime, chat-lines, chat-json, hosted-im, xmpp, http, tls',
    ],
    ['a template of an unknown demo', 'steps.0.command.ours', 'telnet localhost {ecko}', 'there is no demo "ecko"'],
    [
      'a port written out',
      'steps.0.command.ours',
      'telnet localhost 7007',
      'step "connect": port 7007 is written out; use a template such as {echo}',
    ],
    [
      'a check that always holds',
      'steps.0.check',
      { kind: 'not', what: { kind: 'failed' } },
      'step "connect", check: holds before anything has happened',
    ],
    [
      'packets that may not be captured',
      'steps.0.check',
      { kind: 'packets', demo: 'echo', inOrder: [{ flags: ['syn'] }] },
      'step "connect": asks for packets where there may be none: put packets(…) inside of captured(…)',
    ],
    [
      'an exercise that it has not',
      'steps.0.check',
      { kind: 'captured', check: { kind: 'opened' }, without: { kind: 'solved', exercise: 'none' } },
      'step "connect": there is no exercise "none" in this lesson',
    ],
    [
      'a port that nobody looks at',
      'steps.0.check',
      { kind: 'sockets', port: 9_555, rows: [{ at: 'server', state: 'LISTEN' }] },
      'step "connect": port 9555 is not looked at: name it in the lesson\'s ports',
    ],
    [
      'packets of nobody in particular',
      'steps.0.hints.0.when',
      { kind: 'packets', inOrder: [{ flags: ['syn'] }] },
      'step "connect": packets: needs a demo or a port',
    ],
    [
      'no words for who can capture nothing',
      'steps.0.check',
      { kind: 'captured', check: { kind: 'opened' }, without: { kind: 'opened' } },
      '01-sockets/en.mdx: "connect": has no <WithoutCapture>',
    ],
    ['another folder’s number', 'number', 2, 'id: belongs into the folder 02-sockets'],
  ])('with %s says so', (_name, path, value, message) => {
    expect(problems(spoilt(path, value)).join('\n')).toContain(message);
  });

  it('that is no lesson at all is a message, not an exception', () => {
    for (const lesson of [undefined, null, 7, 'lesson', []]) expect(problems({ lesson }).length).toBeGreaterThan(0);
  });
});

describe('the words of a lesson', () => {
  const en = (from: string, to: string) => {
    expect(good.en).toContain(from);
    return problems({ en: good.en.replace(from, to) }).join('\n');
  };
  const zh = (from: string, to: string) => {
    expect(good.zh).toContain(from);
    return problems({ zh: good.zh.replace(from, to) }).join('\n');
  };

  it('have the steps, hints and choices of the lesson, in its order', () => {
    expect(en('<Step id="talk"', '<Step id="walk"')).toContain(
      '01-sockets/en.mdx: Step: lesson.ts has connect, talk, second, hang-up, the words have connect, walk, second, hang-up',
    );
    expect(en('<Hint id="nothing-typed">', '<Hint id="nothing">')).toContain('"talk", Hint: lesson.ts has');
    expect(zh('<Choice id="both-ports">', '<Choice id="both">')).toContain(
      '01-sockets/zh.mdx: Predict "what-differs", Choice',
    );
    expect(zh('<Choice id="same-four">', '<Choice id="same">')).toContain('Quiz "third", Choice');
  });

  it('explain every choice', () => {
    expect(en('<Why>\nThat is the first', '<Seen>\nThat is the first').length).toBeGreaterThan(0);
    const unexplained = good.zh.replace(/<Why>\n很多人[\s\S]*?<\/Why>/, '');
    expect(problems({ zh: unexplained }).join('\n')).toContain(
      'Predict "what-differs": Choice "server-port" has no <Why>',
    );
  });

  it('use only what the page passes in', () => {
    expect(en('<Run />', '<Button />')).toContain('<Button>: there is no component "Button"; allowed: Step, Predict');
    expect(en('<Run />', '{1 + 1}')).toContain('imports, exports and {expressions} are not allowed: 1 + 1');
    expect(en('<Term id="socket">', '<Term id="sockett">')).toContain(
      '01-sockets/en.mdx: line 7: <Term>: "sockett" is not in glossary.ts',
    );
    expect(en('<Fact name="bytes" />', '<Fact name="butes" />')).toContain(
      'there is no fact "butes"; allowed: transport, client',
    );
    expect(en('demo="daytime"', 'demo="weather"')).toContain('there is no demo "weather"');
  });

  it('never write a port out', () => {
    expect(en('port 1 of this machine', 'port 7007 of this machine')).toContain(
      'port 7007 is written out; use <Port demo="…" />',
    );
  });

  it('have the same links, terms, ports and facts in both languages', () => {
    expect(zh('<Term id="fin">FIN</Term>', 'FIN')).toContain('terms differ from en.mdx: missing fin');
    expect(zh('https://www.rfc-editor.org/rfc/rfc862', 'https://www.rfc-editor.org/rfc/rfc863')).toContain(
      'links differ from en.mdx',
    );
    expect(zh('https://www.rfc-editor.org/rfc/rfc862', 'https://www.rfc-editor.org/rfc/rfc863')).toContain(
      'does not link to https://www.rfc-editor.org/rfc/rfc862',
    );
    expect(zh('<Fact name="text" />', '')).toContain('facts differ from en.mdx: missing text');
  });

  it('have a title, a summary and a measure', () => {
    expect(en('title: Two', 'titel: Two')).toContain('frontmatter: has no title');
    expect(en('Every chat, ', `${'words '.repeat(300)}`)).toContain(
      'words besides the steps; 150 to 300 are asked for',
    );
    expect(zh('聊天也好', '话'.repeat(600))).toContain('characters besides the steps');
  });

  it('have no line break between Chinese characters, which would show as a space', () => {
    expect(zh('聊天也好，网页', '聊天也好，\n网页')).toContain(
      'a line break between Chinese characters shows as a space',
    );
  });

  it('that are not MDX are a message with the place', () => {
    expect(problems({ en: '<Step id="x">\n\nunclosed' }).join('\n')).toMatch(/en\.mdx: .*is not MDX: .*closing tag/);
    expect(en('<Run />', '</Run>')).toMatch(/en\.mdx: line 20: is not MDX: Unexpected closing tag/);
    expect(en('title: Two', 'title: "Two')).toMatch(/en\.mdx: .*is not MDX: .*quote/);
  });
});
