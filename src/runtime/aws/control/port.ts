import type { Template } from '../template/types.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html */
export interface StackView {
  readonly id: string;
  readonly name: string;
  /** As CloudFormation says it, such as `CREATE_COMPLETE`. */
  readonly status: string;
  readonly reason: string | null;
  readonly outputs: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

export interface StackResourceView {
  readonly logicalId: string;
  readonly physicalId: string | null;
  readonly type: string;
  readonly status: string;
  readonly reason: string | null;
}

export interface StackEventView {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly logicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason: string | null;
}

/** One change of a change set. */
export interface ResourceChange {
  readonly action: 'Add' | 'Modify' | 'Remove' | 'Import' | 'Dynamic';
  readonly logicalId: string;
  readonly physicalId: string | null;
  readonly type: string;
  /** Whether the resource is made anew, and what it held is lost. */
  readonly replacement: 'True' | 'False' | 'Conditional' | null;
}

export interface ChangeSetView {
  readonly id: string;
  readonly stackId: string;
  readonly status: string;
  readonly reason: string | null;
  readonly changes: readonly ResourceChange[];
}

export interface ChangeSetRequest {
  readonly stack: string;
  readonly kind: 'CREATE' | 'UPDATE';
  readonly template: Template;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  /** The same for a request that is made again: CloudFormation then makes it once. */
  readonly token: string;
}

/** CloudFormation. All calls are safe to repeat; errors are HeadraceErrors. Null is what does not exist. */
export interface StackPort {
  describe(stack: string, signal: AbortSignal): Promise<StackView | null>;
  list(prefix: string, signal: AbortSignal): Promise<readonly StackView[]>;
  template(stack: string, signal: AbortSignal): Promise<Template | null>;
  resources(stack: string, signal: AbortSignal): Promise<readonly StackResourceView[]>;
  /** Newest first, at most the newest hundred. */
  events(stack: string, signal: AbortSignal): Promise<readonly StackEventView[]>;
  /** Waits until the change set can be executed, has nothing to change (`changes` is empty), or failed. */
  createChangeSet(request: ChangeSetRequest, signal: AbortSignal): Promise<ChangeSetView>;
  deleteChangeSet(id: string, signal: AbortSignal): Promise<void>;
  execute(changeSet: string, token: string, signal: AbortSignal): Promise<void>;
  /**
   * Guards a stack: it cannot be deleted, and updates are held to a stack policy, in JSON. Null lets it be deleted again.
   */
  guard(stack: string, policy: string | null, signal: AbortSignal): Promise<void>;
  /** Begins to delete; `retain` are logical ids that are left behind, in a stack whose deletion failed. */
  delete(
    stack: string,
    options: { readonly token: string; readonly retain: readonly string[] },
    signal: AbortSignal
  ): Promise<void>;
}
