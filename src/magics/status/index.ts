import { status } from './status.ts';

export const statusMagics = [status];
