import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { Translate } from '../panels/translate.ts';
import { CommandIDs } from './command-ids.ts';
import { dashboardArgsSchema } from './dashboard/dashboard-state.ts';
import { viewAtMenu } from './view-at-menu.ts';
import type { SavedViews } from './dashboard/saved-views.ts';
import type { Dashboards } from './dashboards.ts';
import { dashboardIcon } from './lab-icons.ts';
import type { ILiveViews } from './tokens.ts';

export interface DashboardCommandsOptions {
  readonly app: JupyterFrontEnd;
  readonly dashboards: Dashboards;
  readonly notebooks: INotebookTracker;
  readonly views: ILiveViews;
  readonly saved: SavedViews;
  readonly trans: Translate;
}

/** Adds the commands that open dashboards and present them. Arguments are read as data from outside. */
export function addDashboardCommands(options: DashboardCommandsOptions): void {
  addOpenView(options);
  addOpenDashboard(options);
  addPresent(options);
}

function addOpenView(options: DashboardCommandsOptions): void {
  const { app, dashboards, trans } = options;
  app.commands.addCommand(CommandIDs.openView, {
    label: trans.__('Open the View Beside'),
    caption: trans.__('Show a live view beside its notebook'),
    icon: dashboardIcon,
    describedBy: {
      args: {
        type: 'object',
        properties: {
          path: { type: 'string', description: trans.__('Path of the notebook') },
          view: {
            type: 'string',
            description: trans.__('Id of the view; absent is the one under the menu')
          }
        },
        additionalProperties: false
      }
    },
    isVisible: ({ view }) => typeof view === 'string' || viewAtMenu(options) !== null,
    execute: ({ path, view }) => {
      const there = viewAtMenu(options);
      const args = dashboardArgsSchema.safeParse({
        path: path ?? there?.path,
        views: [view ?? there?.live.id]
      });
      if (args.success) dashboards.open(args.data);
    }
  });
}

function addOpenDashboard({
  app,
  dashboards,
  notebooks,
  saved,
  trans
}: DashboardCommandsOptions): void {
  const current = (): string | null => notebooks.currentWidget?.sessionContext.path ?? null;
  app.commands.addCommand(CommandIDs.openDashboard, {
    label: trans.__('Open a Dashboard of the Live Views'),
    caption: trans.__('Show all live views of the notebook beside it'),
    icon: dashboardIcon,
    describedBy: {
      args: {
        type: 'object',
        properties: {
          path: {
            type: 'string',
            description: trans.__('Path of the notebook; absent is the one in front')
          },
          views: {
            type: 'array',
            items: { type: 'string' },
            description: trans.__('Ids of the views in their order; absent is all of the notebook')
          }
        },
        additionalProperties: false
      }
    },
    isEnabled: ({ path }) => typeof path === 'string' || current() !== null,
    execute: ({ path, views }) => {
      const wanted = path ?? current();
      const all = typeof wanted === 'string' ? saved.ids(wanted) : [];
      const args = dashboardArgsSchema.safeParse({ path: wanted, views: views ?? all });
      return args.success ? dashboards.open(args.data).parent : null;
    }
  });
}

function addPresent({ app, dashboards, trans }: DashboardCommandsOptions): void {
  app.commands.addCommand(CommandIDs.present, {
    label: trans.__('Present the Dashboard'),
    caption: trans.__('Show the dashboard on the whole screen; arrow keys step, Escape ends'),
    describedBy: {
      args: {
        type: 'object',
        properties: {
          path: {
            type: 'string',
            description: trans.__('Path of the notebook; absent is the dashboard in front')
          }
        },
        additionalProperties: false
      }
    },
    isEnabled: () => dashboards.current !== null,
    isToggled: () => dashboards.current?.presenting ?? false,
    execute: async ({ path }) => {
      const dashboard = typeof path === 'string' ? dashboards.of(path) : dashboards.current;
      await dashboard?.present(!dashboard.presenting);
    }
  });
}
