import { setImmediate } from 'node:timers/promises';
import { HeadraceError, interrupted } from '../../shared/errors.ts';
import { abortable } from '../abortable.ts';
import type { Clock } from '../clock.ts';
import { failureOf, lostInTurn } from './failures.ts';
import {
  ANSWERS,
  type Moved,
  type RelayAnswer,
  type RelayCall,
  type RelayPoll,
  type TurnAnswer,
  type TurnRequest
} from './messages.ts';

/** Where turns run. */
export interface TurnRunner {
  /** Finds or starts the session; nothing has been sent when it rejects. */
  ready(signal: AbortSignal): Promise<void>;
  run(turn: TurnRequest, signal: AbortSignal): Promise<TurnAnswer>;
}

/** How long a turn waits for records: while nothing else is asked, shortly after something was, with it; milliseconds. */
const CALM_MS = 1_000;
const BRISK_MS = 100;
const HURRY_MS = 25;
/** A cell that asked once often asks again, milliseconds. */
const BRISK_FOR_MS = 2_000;
/** Tails that go on have asked within this time, milliseconds. */
const FOLLOWED_MS = 10_000;
/** Calls of one turn, and their size in characters, at most; one that is larger has a turn for itself. */
const MAX_CALLS = 16;
const MAX_CHARACTERS = 600_000;
const MAX_POLLS = 32;
/** A call that has outlived this many sessions is what ends them. */
const MAX_DEATHS = 2;

/** Requests that wait are sent together, and nothing is sent while an answer is out. */
export class Turns {
  readonly #runner: TurnRunner;
  readonly #clock: Clock;
  readonly #brokers: readonly string[];
  readonly #ends = new AbortController();
  readonly #dropped = new Set<string>();
  #waiting: Waiting[] = [];
  /** What the turn that runs was asked. */
  #out: readonly Waiting[] = [];
  #running = false;
  #calledAt = -Infinity;
  #polledAt = -Infinity;
  #lastId = 0;

  constructor(runner: TurnRunner, clock: Clock, brokers: readonly string[]) {
    this.#runner = runner;
    this.#clock = clock;
    this.#brokers = brokers;
  }

  /** Asks once; what changes something is never asked a second time. */
  async call<Op extends RelayCall['op']>(
    request: Extract<RelayCall, { readonly op: Op }>,
    signal?: AbortSignal
  ): Promise<RelayAnswer<Op>> {
    const answer = await this.#ask({ kind: 'call', id: this.#id(), request }, signal);
    return ANSWERS[request.op].parse(answer) as RelayAnswer<Op>;
  }

  /** Waits a while for the next records of a tail; none where none came. */
  async poll(tail: string, request: RelayPoll, signal: AbortSignal): Promise<readonly Moved[]> {
    return (await this.#ask({ kind: 'poll', id: tail, request }, signal)) as readonly Moved[];
  }

  /** Whether tails go on, so that a turn more is no burden. */
  get followed(): boolean {
    return this.#clock.now() - this.#polledAt < FOLLOWED_MS;
  }

  /** An identity for a tail. */
  tail(): string {
    return `tail-${this.#id()}`;
  }

  /** Ends a tail, which is told with the next turn. */
  drop(tail: string): void {
    this.#dropped.add(tail);
  }

  close(): void {
    this.#ends.abort();
    for (const one of [...this.#waiting.splice(0), ...this.#out]) one.reject(closed());
  }

  #id(): string {
    return String((this.#lastId += 1));
  }

  #ask(question: Question, signal: AbortSignal | undefined): Promise<unknown> {
    if (this.#ends.signal.aborted) return Promise.reject(closed());
    if (signal?.aborted === true) return Promise.reject(interrupted('a Kafka request'));
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#waiting.push({ ...question, signal, deaths: 0, resolve, reject });
    });
    void this.#work();
    return abortable(answer, signal, 'a Kafka request');
  }

  async #work(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      for (;;) {
        // Whoever was answered just now asks again in this turn.
        await setImmediate();
        const turn = this.#take();
        if (turn.length === 0) return;
        this.#out = turn;
        await this.#turn(turn);
        this.#out = [];
      }
    } finally {
      this.#running = false;
    }
  }

  /** What goes into the next turn, in the order in which it was asked; the rest goes on waiting. */
  #take(): Waiting[] {
    const asked = this.#waiting.filter(({ signal }) => signal?.aborted !== true);
    const calls = withinBounds(asked.filter(({ kind }) => kind === 'call'));
    const polls = asked.filter(({ kind }) => kind === 'poll').slice(0, MAX_POLLS);
    const taken = new Set([...calls, ...polls]);
    this.#waiting = asked.filter(one => !taken.has(one));
    return [...taken];
  }

  async #turn(turn: readonly Waiting[]): Promise<void> {
    const { signal } = this.#ends;
    try {
      await this.#runner.ready(signal);
    } catch (error) {
      for (const one of turn) one.reject(error);
      return;
    }
    const request = this.#request(turn);
    try {
      const answer = await this.#runner.run(request, signal);
      for (const dropped of request.drop) this.#dropped.delete(dropped);
      for (const one of turn) settle(one, answer, this.#brokers);
    } catch (error) {
      for (const one of turn) this.#lost(one, error);
    }
  }

  #request(turn: readonly Waiting[]): TurnRequest {
    const calls = turn.flatMap(one =>
      one.kind === 'call' ? [{ ...one.request, id: one.id }] : []
    );
    const polls = turn.flatMap(one =>
      one.kind === 'poll' ? [{ ...one.request, id: one.id }] : []
    );
    const now = this.#clock.now();
    const brisk = now - this.#calledAt < BRISK_FOR_MS;
    if (calls.length > 0) this.#calledAt = now;
    if (polls.length > 0) this.#polledAt = now;
    const waitMs = calls.length > 0 ? HURRY_MS : brisk ? BRISK_MS : CALM_MS;
    return { waitMs, calls, polls, drop: [...this.#dropped] };
  }

  /** Questions are asked again where the session died with them; whether the others were done is not known. */
  #lost(one: Waiting, error: unknown): void {
    const dead = error instanceof HeadraceError && error.code === 'HR_SESSION_DEAD';
    if (changesSomething(one)) one.reject(lostInTurn(one.request, error));
    else if (dead && (one.deaths += 1) < MAX_DEATHS && !this.#ends.signal.aborted)
      this.#waiting.unshift(one);
    else one.reject(error);
  }
}

type Question =
  | { readonly kind: 'call'; readonly id: string; readonly request: RelayCall }
  | { readonly kind: 'poll'; readonly id: string; readonly request: RelayPoll };

type Waiting = Question & {
  readonly signal: AbortSignal | undefined;
  /** Sessions that died with it. */
  deaths: number;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
};

function withinBounds(calls: readonly Waiting[]): readonly Waiting[] {
  const taken: Waiting[] = [];
  let characters = 0;
  for (const one of calls.slice(0, MAX_CALLS)) {
    characters += JSON.stringify(one.request).length;
    if (taken.length > 0 && characters > MAX_CHARACTERS) break;
    taken.push(one);
  }
  return taken;
}

function changesSomething(one: Waiting): one is Waiting & { readonly kind: 'call' } {
  return one.kind === 'call' && ['send', 'create', 'delete'].includes(one.request.op);
}

function settle(one: Waiting, { calls, polls }: TurnAnswer, brokers: readonly string[]): void {
  const outcome = (one.kind === 'call' ? calls : polls)[one.id];
  if (outcome === undefined)
    one.reject(new HeadraceError('HR_INTERNAL', 'The relay has left a request without an answer'));
  else if ('error' in outcome)
    one.reject(failureOf(outcome.error, { request: one.request, brokers }));
  else one.resolve(outcome.ok);
}

function closed(): HeadraceError {
  return interrupted('the connection to Kafka was closed');
}
