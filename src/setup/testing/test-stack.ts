import type { GroupContext } from './group.ts';
export async function withTestStack<T>(
  _context: GroupContext,
  _env: NodeJS.ProcessEnv,
  run: (e: string) => Promise<T>
): Promise<T> {
  return run('');
}
