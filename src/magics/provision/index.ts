import { provisionAttach } from './attach.ts';
import { provisionAws } from './aws.ts';
import { provisionDoctor } from './doctor.ts';
import { provisionDown } from './down.ts';
import { provisionLocal } from './local.ts';
import { provisionStatus } from './status.ts';
import { provisionUse } from './use.ts';

export const provisionMagics = [
  provisionLocal,
  provisionAttach,
  provisionAws,
  provisionUse,
  provisionStatus,
  provisionDoctor,
  provisionDown
];
