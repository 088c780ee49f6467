import type { DriverLauncher } from './driver-port.ts';

/** What driver processes of this machine have in common. All paths are absolute. */
export interface DriverSettings {
  /** Python with pyspark, which is also the Python of the workers. */
  readonly python: string;
  /** The `java` program, 17 or later. */
  readonly java: string;
  /** The project's `spark-jobs` folder; it is on the import path of every session. */
  readonly jobsDir: string;
  /** Jars that every session gets: the Kafka connector and what goes with it. */
  readonly jars: readonly string[];
  /** One folder a session is made here (mode 0700) and removed with the session. */
  readonly sessionsDir: string;
  /** Where class-data archives are kept, which make the start of the JVM faster. */
  readonly archiveDir: string;
}

/** Launches one Python driver with its JVM a session. */
export function driverLauncher(settings: DriverSettings): DriverLauncher {
  return () => {
    throw new Error(`not yet able to launch ${settings.python}`);
  };
}
