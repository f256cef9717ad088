import { useEffect, useState } from 'react';
import { type CourseEntry, folderOf } from '#lessons/index.ts';
import type { Lesson } from '#lessons/schema.ts';
import { fetchContentAhead } from './lesson-content.ts';

const modules = import.meta.glob<{ readonly lesson: Lesson }>('../../lessons/*/lesson.ts');

/**
 * The structure of a lesson, fetched when it is opened, and its words along with it; `null` meanwhile. A failed fetch is
 * thrown to the nearest error boundary.
 */
export function useLessonStructure(entry: CourseEntry): Lesson | null {
  const [fetched, setFetched] = useState<Lesson | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    let wanted = true;
    fetchStructure(entry).then(
      (lesson) => wanted && setFetched(lesson),
      (error: unknown) => wanted && setFailure(error),
    );
    fetchContentAhead(entry);
    return () => {
      wanted = false;
    };
  }, [entry]);
  if (failure !== null) throw failure;
  return fetched;
}

async function fetchStructure(entry: CourseEntry): Promise<Lesson> {
  const load = modules[`../../lessons/${folderOf(entry)}/lesson.ts`];
  if (!load) throw new Error(`${folderOf(entry)}/lesson.ts is missing`);
  return (await load()).lesson;
}
