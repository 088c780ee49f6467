import type { Program, StartProgram } from '../../../../../src/runtime/aws/emr/ec2/program.ts';

/** One start of the plugin that is no question for its version. */
export interface PluginStart {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The process prints a line. */
  say(line: string): void;
  /** The process ends by itself. */
  end(code: number | null): void;
  stopped: boolean;
}

export interface FakePlugin {
  readonly start: StartProgram;
  readonly starts: readonly PluginStart[];
}

/** The plugin of Session Manager without sessions; `onStart` says how each start of it goes on. */
export function fakePlugin(
  version: string | null,
  onStart: (plugin: PluginStart, before: number) => void
): FakePlugin {
  const starts: PluginStart[] = [];
  const start: StartProgram = (_, args, { env = {}, onLine }) => {
    if (version === null) return Promise.resolve(null);
    if (args[0] === '--version') {
      onLine(version);
      return Promise.resolve({ ended: Promise.resolve(0), stop: () => Promise.resolve() });
    }
    let end: (code: number | null) => void = () => undefined;
    const ended = new Promise<number | null>(resolve => (end = resolve));
    const plugin: PluginStart = { args, env, say: onLine, end, stopped: false };
    const program: Program = {
      ended,
      async stop() {
        plugin.stopped = true;
        end(null);
        await ended;
      }
    };
    onStart(plugin, starts.push(plugin) - 1);
    return Promise.resolve(program);
  };
  return { start, starts };
}
