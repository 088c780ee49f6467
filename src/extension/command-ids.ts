/** The commands of Headrace. */
export const CommandIDs = {
  pauseView: 'headrace:pause-view',
  pauseViews: 'headrace:pause-views',
  showTables: 'headrace:show-tables',
  jumpToLive: 'headrace:jump-to-live',
  openView: 'headrace:open-view',
  openDashboard: 'headrace:open-dashboard',
  present: 'headrace:present',
  showStreams: 'headrace:show-streams'
} as const;
