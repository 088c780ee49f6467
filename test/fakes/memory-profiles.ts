import { targetProfileSchema, type TargetProfile } from '../../src/runtime/profile/profile.ts';
import type { ProfileStore } from '../../src/runtime/profile/store.ts';

/** Profiles without files. */
export class MemoryProfiles implements ProfileStore {
  readonly saved = new Map<string, TargetProfile>();

  list(): Promise<readonly string[]> {
    return Promise.resolve([...this.saved.keys()].toSorted());
  }

  read(name: string): Promise<TargetProfile | null> {
    return Promise.resolve(this.saved.get(name) ?? null);
  }

  save(profile: TargetProfile): Promise<void> {
    this.saved.set(profile.name, targetProfileSchema.parse(profile));
    return Promise.resolve();
  }

  remove(name: string): Promise<void> {
    this.saved.delete(name);
    return Promise.resolve();
  }
}
