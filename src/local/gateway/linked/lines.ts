import { StringDecoder } from 'node:string_decoder';
import type { Readable } from 'node:stream';

/** Calls back with each line of a byte stream, without its line break, and with a last unfinished one. */
export function onLines(stream: Readable, listener: (line: string) => void): void {
  const decoder = new StringDecoder('utf8');
  let pieces: string[] = [];
  const take = (text: string): void => {
    const [head = '', ...rest] = text.split('\n');
    pieces.push(head);
    const last = rest.pop();
    if (last === undefined) return;
    for (const line of [pieces.join(''), ...rest]) listener(line);
    pieces = [last];
  };
  stream.on('data', (chunk: Buffer) => take(decoder.write(chunk)));
  stream.on('end', () => {
    const rest = pieces.join('') + decoder.end();
    pieces = [];
    if (rest !== '') listener(rest);
  });
}
