import { open } from 'node:fs/promises';
import { HeadraceError } from '../../shared/errors.ts';

/** Why a broker that was started is not there, from the last lines of its logs. */
export type BrokerFault = 'port' | 'disk' | 'memory' | 'java' | 'other';

const SIGNS: readonly (readonly [BrokerFault, RegExp])[] = [
  ['port', /Address already in use|Socket server failed to bind/],
  ['disk', /No space left on device|Disk quota exceeded/],
  ['memory', /OutOfMemoryError|Could not reserve enough space|insufficient memory/],
  ['java', /UnsupportedClassVersionError|Unrecognized VM option|Could not create the Java Virtual/]
];

/** How far back the end of a log is read, bytes. */
const TAIL_BYTES = 16_384;

export function brokerFault(lines: readonly string[]): BrokerFault {
  const text = lines.join('\n');
  return SIGNS.find(([, sign]) => sign.test(text))?.[0] ?? 'other';
}

/** The error that a person reads when the broker did not come up or went away. */
export function brokerFailure(what: string, lines: readonly string[], log: string): HeadraceError {
  const fault = brokerFault(lines);
  const told = lines.findLast(line => /ERROR|FATAL|Error|Exception/.test(line)) ?? lines.at(-1);
  const why = told === undefined ? 'its log is empty' : shortened(told);
  const [code, next] = ADVICE[fault];
  return new HeadraceError(code, what, {
    why,
    next: `${next} The log is ${log}.`,
    traceback: lines.slice(-20)
  });
}

const ADVICE: Record<BrokerFault, readonly [HeadraceError['code'], string]> = {
  port: ['HR_PORT', 'Run %provision local again to take other ports.'],
  disk: ['HR_DISK', 'Make room on the disk of the cache and run %provision local again.'],
  memory: ['HR_PROCESS', 'End other programs to get memory, and run %provision local again.'],
  java: ['HR_JAVA', 'Install Java 17 or newer and run npm start once.'],
  other: ['HR_PROCESS', 'Run %provision local again.']
};

/** The last lines of a file, oldest first; none where there is no such file. */
export async function lastLines(file: string, count = 50): Promise<string[]> {
  const handle = await open(file).catch(() => null);
  if (handle === null) return [];
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, TAIL_BYTES);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    const lines = buffer.toString('utf8').split('\n');
    return lines.filter(line => line.trim() !== '').slice(-count);
  } finally {
    await handle.close();
  }
}

function shortened(line: string): string {
  const text = line.replace(/^\S+ (?=ERROR|FATAL|WARN)/, '').trim();
  return text.length > 240 ? `${text.slice(0, 239)}…` : text;
}
