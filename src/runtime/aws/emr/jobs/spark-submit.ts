import { HeadraceError } from '../../../../shared/errors.ts';
import type { Job } from './port.ts';

/** The options of spark-submit for a job, without the entry point. https://spark.apache.org/docs/latest/submitting-applications.html */
export function submitOptions(job: Job): string[] {
  const { mainClass, pyFiles = [], jars = [], conf = {} } = job;
  return [
    ...(mainClass === undefined ? [] : ['--class', mainClass]),
    ...(pyFiles.length === 0 ? [] : ['--py-files', pyFiles.join(',')]),
    ...(jars.length === 0 ? [] : ['--jars', jars.join(',')]),
    ...Object.entries(conf).flatMap(([name, value]) => ['--conf', `${name}=${value}`])
  ];
}

/**
 * The same as one line, which EMR Serverless and EMR on EKS take apart like a shell. HR_USAGE for a character that they
 * have no way to write.
 */
export function submitParameters(job: Job): string {
  return submitOptions(job).map(quoted).join(' ');
}

function quoted(option: string): string {
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  if (/[\u0000-\u001f]/.test(option)) throw unwritable(option);
  if (/^[\w\-./:=,+@%*~]+$/.test(option)) return option;
  return `"${option.replace(/["\\$\x60]/g, char => `\\${char}`)}"`;
}

function unwritable(option: string): HeadraceError {
  const [name = option] = option.split('=');
  return new HeadraceError(
    'HR_USAGE',
    `The setting ${name} has a line break or a control character`,
    {
      why: 'EMR takes the settings of a job as one line'
    }
  );
}
