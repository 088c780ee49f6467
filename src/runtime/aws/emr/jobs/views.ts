import { hasJobEnded, type JobState, type JobView } from './port.ts';

/** The state that a service's own word stands for. */
export function stateOf(
  said: string | undefined,
  states: Readonly<Record<string, JobState>>
): Pick<JobView, 'state' | 'said'> {
  return { state: states[said ?? ''] ?? 'unknown', said: said ?? '' };
}

/** A service's own words for the states of a job that has not ended. */
export function openStates<Word extends string>(states: Readonly<Record<Word, JobState>>): Word[] {
  return (Object.keys(states) as Word[]).filter(word => !hasJobEnded(states[word]));
}

/** Sentences of a service as one clause; null where it says nothing. */
export function reasonOf(...parts: readonly (string | undefined)[]): string | null {
  const said = parts.map(part => part?.replace(/\s+/g, ' ').trim() ?? '').filter(Boolean);
  return said.length === 0 ? null : said.join(': ').replace(/\.$/, '');
}

/** Epoch milliseconds. */
export function timeOf(date: Date | undefined): number | null {
  return date?.getTime() ?? null;
}

export function newestFirst(jobs: readonly JobView[]): readonly JobView[] {
  return jobs.toSorted((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0));
}
