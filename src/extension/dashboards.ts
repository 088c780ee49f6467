import type { ILabShell, JupyterFrontEnd } from '@jupyterlab/application';
import { MainAreaWidget, WidgetTracker } from '@jupyterlab/apputils';
import type { INotebookTracker } from '@jupyterlab/notebook';
import { ToolbarButton } from '@jupyterlab/ui-components';
import { pageTimers } from '../panels/page-timers.ts';
import type { LiveView } from '../panels/live-view.ts';
import type { Translate } from '../panels/translate.ts';
import { Dashboard } from './dashboard/dashboard.ts';
import type { DashboardArgs } from './dashboard/dashboard-state.ts';
import type { SavedViews } from './dashboard/saved-views.ts';
import { dashboardIcon } from './lab-icons.ts';
import type { IDashboards, IKernelLinks, IViewSettings } from './tokens.ts';

/** Opens documents; JupyterLab's own, absent from some pages of Notebook 7. */
const OPEN_DOCUMENT = 'docmanager:open';

export interface DashboardsOptions {
  readonly app: JupyterFrontEnd;
  /** Null in Notebook 7, whose main area holds the notebook alone. */
  readonly labShell: ILabShell | null;
  readonly notebooks: INotebookTracker;
  readonly links: IKernelLinks;
  readonly saved: SavedViews;
  readonly settings: IViewSettings;
  readonly trans: Translate;
}

/** The dashboards of this page, one a notebook. */
export class Dashboards implements IDashboards {
  readonly tracker = new WidgetTracker<MainAreaWidget<Dashboard>>({
    namespace: 'headrace-dashboards'
  });
  readonly #options: DashboardsOptions;

  constructor(options: DashboardsOptions) {
    this.#options = options;
  }

  /** The dashboard in front; null where none was used yet. */
  get current(): Dashboard | null {
    return this.tracker.currentWidget?.content ?? null;
  }

  /** The dashboard of a notebook; null where there is none. */
  of(path: string): Dashboard | null {
    return this.tracker.find(({ content }) => content.path === path)?.content ?? null;
  }

  views(path?: string): LiveView[] {
    const all: LiveView[] = [];
    this.tracker.forEach(({ content }) => {
      if (path === undefined || content.path === path) all.push(...content.views);
    });
    return all;
  }

  /** Shows the dashboard of a notebook, with these views in it. */
  open({ path, views }: DashboardArgs): Dashboard {
    const widget =
      this.tracker.find(({ content }) => content.path === path) ?? this.#create({ path, views });
    if (!widget.isAttached) this.#place(widget);
    for (const view of views) widget.content.open(view);
    this.#options.app.shell.activateById(widget.id);
    return widget.content;
  }

  #create(args: DashboardArgs): MainAreaWidget<Dashboard> {
    const { app, links, saved, settings, trans } = this.#options;
    const content = new Dashboard({
      args,
      lease: links.acquire(args.path),
      saved,
      timers: pageTimers,
      trans,
      settings,
      openNotebook: path => {
        if (app.commands.hasCommand(OPEN_DOCUMENT))
          void app.commands.execute(OPEN_DOCUMENT, { path });
      }
    });
    content.title.icon = dashboardIcon;
    content.title.closable = true;
    const widget = new MainAreaWidget({ content });
    widget.id = `headrace-dashboard-${crypto.randomUUID()}`;
    widget.toolbar.addItem(
      'present',
      new ToolbarButton({
        label: trans.__('Present'),
        tooltip: trans.__('Show the dashboard on the whole screen; arrow keys step, Escape ends'),
        onClick: () => void content.present(true)
      })
    );
    content.changed.connect(() => void this.tracker.save(widget));
    return widget;
  }

  #place(widget: MainAreaWidget<Dashboard>): void {
    const { app, labShell, notebooks } = this.#options;
    const { path } = widget.content;
    const beside = notebooks.find(panel => panel.sessionContext.path === path);
    if (labShell === null) app.shell.add(widget, 'right', { rank: 900 });
    else if (beside === undefined) app.shell.add(widget, 'main');
    else app.shell.add(widget, 'main', { mode: 'split-right', ref: beside.id });
    void this.tracker.add(widget);
  }
}
