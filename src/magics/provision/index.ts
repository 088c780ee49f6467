import { provisionDown } from './down.ts';
import { provisionLocal } from './local.ts';
import { provisionStatus } from './status.ts';

export const provisionMagics = [provisionLocal, provisionStatus, provisionDown];
