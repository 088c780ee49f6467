import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { Dialog, ICommandPalette, showDialog } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { Translate } from '../panels/translate.ts';
import { CommandIDs } from './command-ids.ts';
import { streamsIcon } from './lab-icons.ts';
import { StreamsPanel } from './streams/streams-panel.ts';
import { IFleet } from './tokens.ts';

const OPEN_DOCUMENT = 'docmanager:open';
/** Late among the panels at the side. */
const RANK = 900;

/** What runs, in a panel at the side of the page. */
export const streamsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'headrace:streams',
  description: 'A side panel with the streams, producers, topics and sessions that run.',
  autoStart: true,
  requires: [IFleet],
  optional: [ILayoutRestorer, ICommandPalette, ITranslator],
  activate: (
    app,
    fleet: IFleet,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ) => {
    const trans = (translator ?? nullTranslator).load('headrace');
    const panel = createPanel(app, fleet, trans);
    app.shell.add(panel, 'left', { rank: RANK });
    restorer?.add(panel, panel.id);
    app.commands.addCommand(CommandIDs.showStreams, {
      label: trans.__('Show What Streams'),
      caption: trans.__('Show the panel with streams, producers, topics and sessions'),
      icon: streamsIcon,
      describedBy: { args: { type: 'object', properties: {}, additionalProperties: false } },
      execute: () => app.shell.activateById(panel.id)
    });
    palette?.addItem({ command: CommandIDs.showStreams, category: trans.__('Headrace') });
  }
};

function createPanel(app: JupyterFrontEnd, fleet: IFleet, trans: Translate): StreamsPanel {
  const panel = new StreamsPanel({
    fleet,
    trans,
    actions: {
      openView: (path, view) => void app.commands.execute(CommandIDs.openView, { path, view }),
      openNotebook: path => {
        if (app.commands.hasCommand(OPEN_DOCUMENT))
          void app.commands.execute(OPEN_DOCUMENT, { path });
      },
      end: async (path, { end, name }) => {
        if (end === null) return false;
        if (end.what === 'session' && !(await confirmsEnd(name, trans))) return false;
        fleet.end(path, end.what, name);
        return true;
      }
    }
  });
  panel.id = 'headrace-streams';
  panel.title.icon = streamsIcon;
  panel.title.caption = trans.__('Streams');
  return panel;
}

/** The end of a session takes its streams and its variables along. */
async function confirmsEnd(name: string, trans: Translate): Promise<boolean> {
  const { button } = await showDialog({
    title: trans.__('End the session %1?', name),
    body: trans.__('Its variables are lost and its streams stop; they can go on in a new session.'),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.warnButton({ label: trans.__('End') })
    ],
    defaultButton: 0
  });
  return button.accept;
}
