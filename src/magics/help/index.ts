export { createHelpMagic, helpFor } from './help.ts';
