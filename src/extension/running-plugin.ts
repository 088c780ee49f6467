import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { PathExt } from '@jupyterlab/coreutils';
import { IRunningSessionManagers, type IRunningSessions } from '@jupyterlab/running';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { CommandIDs } from './command-ids.ts';
import { streamsIcon } from './lab-icons.ts';
import { activeOf, type Active } from './streams/active.ts';
import { IFleet } from './tokens.ts';

/** Lists what streams among all that runs on the server. */
export const runningPlugin: JupyterFrontEndPlugin<void> = {
  id: 'headrace:running',
  description: 'Lists streams and producers among the running sessions.',
  autoStart: true,
  requires: [IFleet],
  optional: [IRunningSessionManagers, ITranslator],
  activate: (
    app,
    fleet: IFleet,
    managers: IRunningSessionManagers | null,
    translator: ITranslator | null
  ) => {
    if (managers === null) return;
    const trans = (translator ?? nullTranslator).load('headrace');
    const active = (): Active[] => fleet.entries.flatMap(entry => activeOf(entry, trans));
    const itemOf = (one: Active): IRunningSessions.IRunningItem => ({
      icon: () => streamsIcon,
      label: () => one.name,
      labelTitle: () => `${one.path}: ${one.name}`,
      detail: () => `${one.word} · ${PathExt.basename(one.path)}`,
      open: () =>
        void (one.view === null
          ? app.commands.execute(CommandIDs.showStreams)
          : app.commands.execute(CommandIDs.openView, { path: one.path, view: one.view })),
      shutdown: () => fleet.end(one.path, one.what, one.name)
    });
    managers.add({
      name: trans.__('Streams'),
      running: () => active().map(itemOf),
      refreshRunning: () => fleet.refresh(),
      runningChanged: fleet.membersChanged,
      shutdownAll: () => {
        for (const { path, what, name } of active()) fleet.end(path, what, name);
      },
      shutdownLabel: trans.__('Stop'),
      shutdownAllLabel: trans.__('Stop All'),
      shutdownAllConfirmationText: trans.__(
        'Stop all streams and producers? Streams can go on later from where they were.'
      )
    });
    fleet.refresh();
    fleet.membersChanged.connect(() => fleet.refreshNew());
  }
};
