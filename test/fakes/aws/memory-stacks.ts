import { HeadraceError } from '../../../src/shared/errors.ts';
import type { Clock } from '../../../src/runtime/clock.ts';
import type {
  ChangeSetRequest,
  ChangeSetView,
  StackEventView,
  StackPort,
  StackResourceView,
  StackView
} from '../../../src/runtime/aws/control/port.ts';
import type { Template } from '../../../src/runtime/aws/template/types.ts';
import { inOrder, physicalOf, valueOf, type FakeStack } from './memory-stack-parts.ts';
import { templateChanges } from '../../../src/runtime/aws/engine/template-diff.ts';

/** The account that all stacks of the fake are in. */
export const FAKE_ACCOUNT = '123456789012';
const STACK = 'AWS::CloudFormation::Stack';
const NEVER = new AbortController().signal;

interface FakeChangeSet {
  readonly request: ChangeSetRequest;
  readonly view: ChangeSetView;
  executed: boolean;
}

/** Methods of the port, which a test can let fail. */
export type StackMethod = keyof StackPort;

/**
 * CloudFormation in memory. Resources take their time by the clock, one after another; a test lets requests, creations
 * and deletions fail. What was begun goes on whether or not anybody looks, as it does on AWS.
 */
export class MemoryStacks implements StackPort {
  /** How long resources of a type take, milliseconds; 10 s where nothing is said. */
  readonly durations = new Map<string, number>();
  /** Reasons for which the creation of a resource fails, by logical id. */
  readonly failing = new Map<string, string>();
  /** Reasons for which the deletion of a resource fails, by logical id. */
  readonly sticking = new Map<string, string>();
  /** What a change set says of the replacement of a resource, by logical id. */
  readonly replacements = new Map<string, 'True' | 'Conditional'>();
  /** All requests, such as `execute`. */
  readonly calls: StackMethod[] = [];
  readonly #refusals = new Map<StackMethod, Error[]>();
  readonly #lostAnswers = new Map<StackMethod, Error[]>();
  readonly #stacks: FakeStack[] = [];
  readonly #changeSets: FakeChangeSet[] = [];
  readonly #tokens = new Set<string>();
  readonly #clock: Clock;
  #count = 0;
  /** Operations that are going on. */
  #work: Promise<void>[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The next requests of a method are refused before they are carried out. */
  refuse(method: StackMethod, ...errors: Error[]): void {
    this.#refusals.set(method, [...(this.#refusals.get(method) ?? []), ...errors]);
  }

  /** The next requests of a method are carried out, but their answers are lost. */
  loseAnswer(method: StackMethod, ...errors: Error[]): void {
    this.#lostAnswers.set(method, [...(this.#lostAnswers.get(method) ?? []), ...errors]);
  }

  /** A stack that stands already, as somebody else may have made it. */
  place(name: string, tags: Readonly<Record<string, string>>, status = 'CREATE_COMPLETE'): void {
    this.#add(name, tags).status = status;
  }

  /** Change sets that are still there. */
  get openChangeSets(): number {
    return this.#changeSets.filter(one => !one.executed).length;
  }

  /** How many stacks of this name were ever begun. */
  made(name: string): number {
    return this.#stacks.filter(stack => stack.name === name).length;
  }

  /** When all that goes on has ended. */
  async rest(): Promise<void> {
    while (this.#work.length > 0) await Promise.all(this.#work.splice(0));
  }

  describe(stack: string): Promise<StackView | null> {
    return this.#answer('describe', () => {
      const found = this.#find(stack);
      return found === undefined ? null : this.#view(found);
    });
  }

  list(prefix: string): Promise<readonly StackView[]> {
    return this.#answer('list', () =>
      this.#stacks
        .filter(stack => stack.name.startsWith(prefix) && stack.status !== 'DELETE_COMPLETE')
        .map(stack => this.#view(stack))
    );
  }

  template(stack: string): Promise<Template | null> {
    return this.#answer('template', () => this.#find(stack)?.template ?? null);
  }

  resources(stack: string): Promise<readonly StackResourceView[]> {
    return this.#answer('resources', () => [...(this.#find(stack)?.resources.values() ?? [])]);
  }

  events(stack: string): Promise<readonly StackEventView[]> {
    return this.#answer('events', () =>
      [...(this.#find(stack)?.events ?? [])].reverse().slice(0, 100)
    );
  }

  createChangeSet(request: ChangeSetRequest): Promise<ChangeSetView> {
    return this.#answer('createChangeSet', () => {
      const earlier = this.#changeSets.find(one => one.request.token === request.token);
      if (earlier !== undefined) return earlier.view;
      const there = this.#find(request.stack);
      if (request.kind === 'UPDATE' && there === undefined)
        throw new HeadraceError('HR_AWS_REFUSED', `Stack ${request.stack} does not exist`);
      const stack = there ?? this.#add(request.stack, request.tags);
      const changeSet = { request, view: this.#plan(stack, request), executed: false };
      this.#changeSets.push(changeSet);
      return changeSet.view;
    });
  }

  deleteChangeSet(id: string): Promise<void> {
    return this.#answer('deleteChangeSet', () => {
      const at = this.#changeSets.findIndex(one => one.view.id === id);
      if (at >= 0) this.#changeSets.splice(at, 1);
    });
  }

  execute(id: string, token: string): Promise<void> {
    return this.#answer('execute', () => {
      if (this.#tokens.has(token)) return;
      const changeSet = this.#changeSets.find(one => one.view.id === id);
      const stack = changeSet && this.#find(changeSet.view.stackId);
      if (changeSet === undefined || stack === undefined || changeSet.executed)
        throw new HeadraceError('HR_AWS_REFUSED', `ChangeSet ${id} cannot be executed`);
      this.#tokens.add(token);
      changeSet.executed = true;
      this.#begin(this.#carryOut(stack, changeSet));
    });
  }

  guard(name: string, policy: string | null): Promise<void> {
    return this.#answer('guard', () => {
      const stack = this.#find(name);
      if (stack !== undefined) stack.guarded = policy !== null;
    });
  }

  delete(name: string, options: { token: string; retain: readonly string[] }): Promise<void> {
    return this.#answer('delete', () => {
      const stack = this.#find(name);
      if (stack === undefined || this.#tokens.has(options.token)) return;
      if (stack.guarded)
        throw new HeadraceError('HR_AWS_REFUSED', `Stack [${name}] has TerminationProtection`);
      this.#tokens.add(options.token);
      if (stack.status === 'REVIEW_IN_PROGRESS') this.#say(stack, 'DELETE_COMPLETE');
      else this.#begin(this.#remove(stack, options.retain, 'DELETE'));
    });
  }

  async #answer<Result>(method: StackMethod, work: () => Result): Promise<Result> {
    await Promise.resolve();
    this.calls.push(method);
    const refusal = this.#refusals.get(method)?.shift();
    if (refusal !== undefined) throw refusal;
    const result = work();
    const lost = this.#lostAnswers.get(method)?.shift();
    if (lost !== undefined) throw lost;
    return result;
  }

  #find(stack: string): FakeStack | undefined {
    return this.#stacks.find(
      one => one.id === stack || (one.name === stack && one.status !== 'DELETE_COMPLETE')
    );
  }

  #add(name: string, tags: Readonly<Record<string, string>>): FakeStack {
    this.#count += 1;
    const stack: FakeStack = {
      id: `arn:aws:cloudformation:eu-west-1:${FAKE_ACCOUNT}:stack/${name}/${this.#count}`,
      name,
      status: 'REVIEW_IN_PROGRESS',
      reason: null,
      template: null,
      tags,
      parameters: {},
      guarded: false,
      resources: new Map(),
      events: []
    };
    this.#stacks.push(stack);
    return stack;
  }

  #view(stack: FakeStack): StackView {
    const { id, name, status, reason, tags } = stack;
    const ended = /^(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$/.test(status);
    const outputs = Object.entries((ended ? stack.template?.Outputs : undefined) ?? {});
    return {
      id,
      name,
      status,
      reason,
      tags,
      outputs: Object.fromEntries(outputs.map(([key, one]) => [key, valueOf(stack, one.Value)]))
    };
  }

  #plan(stack: FakeStack, request: ChangeSetRequest): ChangeSetView {
    this.#count += 1;
    const id = `change-set/${this.#count}`;
    const changes = templateChanges(stack.template, request.template).map(change => ({
      ...change,
      physicalId: stack.resources.get(change.logicalId)?.physicalId ?? null,
      replacement: this.replacements.get(change.logicalId) ?? change.replacement
    }));
    const same =
      stack.template !== null &&
      changes.length === 0 &&
      JSON.stringify([stack.tags, stack.parameters]) ===
        JSON.stringify([request.tags, request.parameters]);
    return {
      id,
      stackId: stack.id,
      status: same ? 'FAILED' : 'CREATE_COMPLETE',
      reason: same ? "The submitted information didn't contain changes." : null,
      changes
    };
  }

  #begin(work: Promise<void>): void {
    this.#work.push(work);
  }

  #say(stack: FakeStack, status: string, reason: string | null = null): void {
    stack.status = status;
    stack.reason = reason;
    this.#event(stack, stack.name, STACK, status, reason);
  }

  #event(
    stack: FakeStack,
    logicalId: string,
    type: string,
    status: string,
    reason: string | null
  ): void {
    this.#count += 1;
    const id = `event/${this.#count}`;
    stack.events.push({ id, at: this.#clock.now(), logicalId, type, status, reason });
  }

  #set(stack: FakeStack, logicalId: string, type: string, status: string, reason: string | null) {
    const physicalId = status.startsWith('CREATE_IN')
      ? null
      : (stack.resources.get(logicalId)?.physicalId ?? physicalOf(stack, logicalId, type));
    stack.resources.set(logicalId, { logicalId, physicalId, type, status, reason });
    this.#event(stack, logicalId, type, status, reason);
  }

  #time(type: string): Promise<void> {
    return this.#clock.sleep(this.durations.get(type) ?? 10_000, NEVER);
  }

  async #carryOut(stack: FakeStack, { request, view }: FakeChangeSet): Promise<void> {
    const before = stack.template;
    const verb = before === null ? 'CREATE' : 'UPDATE';
    this.#say(stack, `${verb}_IN_PROGRESS`);
    const touched = new Set(
      view.changes.filter(one => one.action !== 'Remove').map(one => one.logicalId)
    );
    stack.template = request.template;
    stack.tags = request.tags;
    stack.parameters = request.parameters;
    for (const [logicalId, resource] of inOrder(request.template)) {
      if (!touched.has(logicalId)) continue;
      this.#set(stack, logicalId, resource.Type, `${verb}_IN_PROGRESS`, null);
      await this.#time(resource.Type);
      // A deletion that began in the meantime has taken over.
      if (stack.status !== `${verb}_IN_PROGRESS`) return;
      const reason = this.failing.get(logicalId);
      if (reason !== undefined) {
        this.#set(stack, logicalId, resource.Type, `${verb}_FAILED`, reason);
        await this.#rollBack(stack, before, verb);
        return;
      }
      this.#set(stack, logicalId, resource.Type, `${verb}_COMPLETE`, null);
    }
    for (const one of view.changes.filter(({ action }) => action === 'Remove'))
      stack.resources.delete(one.logicalId);
    this.#say(stack, `${verb}_COMPLETE`);
  }

  async #rollBack(stack: FakeStack, before: Template | null, verb: string): Promise<void> {
    const reason = 'The following resource(s) failed';
    if (verb === 'UPDATE') {
      stack.template = before;
      this.#say(stack, 'UPDATE_ROLLBACK_IN_PROGRESS', reason);
      await this.#time(STACK);
      this.#say(stack, 'UPDATE_ROLLBACK_COMPLETE');
      return;
    }
    await this.#remove(stack, [], 'ROLLBACK', reason);
  }

  async #remove(
    stack: FakeStack,
    retain: readonly string[],
    verb: 'DELETE' | 'ROLLBACK',
    reason: string | null = null
  ): Promise<void> {
    this.#say(stack, `${verb}_IN_PROGRESS`, reason);
    const stuck: string[] = [];
    for (const { logicalId, type, status } of [...stack.resources.values()].reverse()) {
      if (status === 'DELETE_COMPLETE' || retain.includes(logicalId)) continue;
      this.#set(stack, logicalId, type, 'DELETE_IN_PROGRESS', null);
      await this.#time(type);
      const why = this.sticking.get(logicalId);
      if (why !== undefined) stuck.push(logicalId);
      const end = why === undefined ? 'DELETE_COMPLETE' : 'DELETE_FAILED';
      this.#set(stack, logicalId, type, end, why ?? null);
    }
    const failed = `The following resource(s) failed to delete: [${stuck.join(', ')}].`;
    this.#say(
      stack,
      `${verb}_${stuck.length === 0 ? 'COMPLETE' : 'FAILED'}`,
      stuck.length === 0 ? null : failed
    );
  }
}
