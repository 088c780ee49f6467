import { closest, distance } from 'fastest-levenshtein';

/** The candidate that a person most likely meant, or null when none is near. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  if (candidates.length === 0) return null;
  const prefixed = candidates.filter(candidate => word.length > 1 && candidate.startsWith(word));
  if (prefixed.length === 1) return prefixed[0] ?? null;
  const best = closest(word.toLowerCase(), candidates);
  const limit = Math.max(2, Math.floor(best.length / 2));
  return distance(word.toLowerCase(), best.toLowerCase()) <= limit ? best : null;
}

/** One sentence that leads on: the nearest candidate, else the whole list. */
export function suggestion(word: string, candidates: readonly string[], prefix = ''): string {
  const best = nearest(word, candidates);
  if (best !== null) return `Did you mean ${prefix}${best}?`;
  return `Known: ${candidates.map(candidate => prefix + candidate).join(', ')}.`;
}
