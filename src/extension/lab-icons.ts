import { LabIcon } from '@jupyterlab/ui-components';

/** Four tiles of different heights: several views side by side. */
export const dashboardIcon = new LabIcon({
  name: 'headrace:dashboard',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">
  <path class="jp-icon3 jp-icon-selectable" fill="#616161" d="M2 2h5v7H2zm7 0h5v4H9zM2 10.5h5V14H2zm7-3h5V14H9z"/>
</svg>`
});

/** Three waves, one above the other: what runs. */
export const streamsIcon = new LabIcon({
  name: 'headrace:streams',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">
  <path class="jp-HeadraceIcon-waves" fill="none" stroke="#616161" stroke-width="1.6" stroke-linecap="round"
    d="M1.8 4.2c2-1.9 4.1-1.9 6.2 0s4.2 1.9 6.2 0M1.8 8.5c2-1.9 4.1-1.9 6.2 0s4.2 1.9 6.2 0M1.8 12.8c2-1.9 4.1-1.9 6.2 0s4.2 1.9 6.2 0"/>
</svg>`
});
