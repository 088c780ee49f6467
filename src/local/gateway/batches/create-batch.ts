import { z } from 'zod';
import { listField, optionalIntegerField, settingsField, textField } from '../json/fields.ts';

/** The class that Livy reads the request into. */
export const CREATE_BATCH_CLASS = 'org.apache.livy.server.batch.CreateBatchRequest';

/** The 16 fields of `POST /batches`, in the order in which Livy lists them to who sends another one. */
export const createBatchSchema = z.strictObject({
  executorCores: optionalIntegerField,
  className: textField,
  conf: settingsField(CREATE_BATCH_CLASS),
  driverMemory: textField,
  name: textField,
  driverCores: optionalIntegerField,
  pyFiles: listField,
  archives: listField,
  executorMemory: textField,
  files: listField,
  jars: listField,
  proxyUser: textField,
  numExecutors: optionalIntegerField,
  file: textField,
  args: listField,
  queue: textField
});
export type CreateBatch = z.infer<typeof createBatchSchema>;
