// SPDX-License-Identifier: BSL-1.0
import { EventEmitter } from 'node:events';

export { ABI_VERSION, Code } from './lib/codes';

/** A person acting for a unit; `"ĐVTH/nv07"` is the same in one string. */
export interface Actor {
  unit: string;
  person: string;
}
export type By = string | { unit: string; person?: string };

/** What a field of a form can hold. A string is read as the field's declared type: `'2.5'`,
 *  `'2024-05-04'`. A number must be whole. */
export type Value =
  | string
  | number
  | bigint
  | boolean
  | null
  | { decimal: string }
  | { date: string }
  | readonly string[]
  | readonly (readonly Value[])[];
/** `{ field: value }`, or a list where several forms have the field. */
export type Fields =
  | Readonly<Record<string, Value>>
  | readonly { form?: string; field: string; value: Value }[];

/** JSON as the library wrote it; whole numbers that a `number` would round are a `bigint`. */
export type Json = string | number | bigint | boolean | null | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

/** What a command came to. */
export interface Result {
  case: string;
  version: number;
  opened: string[];
  children: string[];
  ended: boolean;
  endKind: string;
  id: string;
}

/** A task as a list shows it. `due` is its last day, with the hour where hours count. */
export interface Task {
  case: string;
  task: string;
  n: number;
  relation: string;
  role: string;
  unit: string;
  person: string;
  title: string;
  procedure: string;
  procedureTitle: string;
  reference: string;
  openedAt: Date;
  due: string;
  dueKind: string;
  dueBefore: Date | null;
  overdue: boolean;
  overdueByCase: boolean;
  consultation: boolean;
  quarantine: string;
}

/** A case as a list shows it. */
export interface CaseRow {
  case: string;
  procedure: string;
  definition: string;
  version: number;
  hash: string;
  status: string;
  endKind: string;
  reference: string;
  opener: Actor;
  openedAt: Date;
  lastAt: Date;
  dueBefore: Date | null;
  historyBytes: number;
}

/** A fact of a case and its place in the chain. */
export interface Event {
  seq: number;
  at: Date;
  event: string;
  by: Actor;
  body: JsonObject;
  hash: string;
  /** As it came, with every member and the microseconds. Not enumerable. */
  readonly raw: JsonObject;
}

/** A fact as the bytes that are kept; hexadecimal. */
export interface StoredEvent {
  seq: number;
  hash: string;
  salt: string;
  header: string;
  payload: string;
}

/** What somebody is told; `key` is the same every time. A listener and who takes are told at least
 *  once, who pulls at most once. */
export interface Notification {
  /** Of what was taken: `confirm` and `giveBack` need it. */
  receipt?: string;
  key: string;
  fence: bigint;
  attempt: number;
  kind: string;
  to: { role: string; unit: string; person: string; head: boolean };
  relation: string;
  case: string;
  procedure: string;
  procedureTitle: string;
  reference: string;
  task: string;
  taskTitle: string;
  at: Date;
  due: string;
  dueKind: string;
  outcome: string;
  reason: string;
  content: string;
  by: Actor;
  other: string;
  lastError: string;
  text: string;
  /** As it came. Not enumerable. */
  readonly raw: JsonObject;
}

/** What `runDue` did; `more` asks to call again. */
export interface Report {
  timers: number;
  links: number;
  delivered: number;
  failed: number;
  setAside: number;
  more: boolean;
  problems: JsonObject[];
}

/** A limit that has been counted, and why. `kind` says when there was nothing to count. */
export interface Due {
  kind: string;
  lastDay: string | null;
  before: Date | null;
  toTheHour: boolean;
  trace: string[];
}

/** What a person may do now. */
export interface Option {
  command: string;
  task: string;
  title: string;
  allowed: boolean;
  whoCould: string[];
  outcomes: { name: string; reason: boolean; ways: { when: string; step: string; title: string }[] }[];
  fields: OptionField[];
  /** `outcomes`: the ones that ask for it; empty: all. */
  preconditions: { text: string; evidence: boolean; outcomes: string[] }[];
  assignRoles: { role: string; outcomes: string[] }[];
  channels: Json[];
  answers: Json[];
  mayOpen: Json[];
  consultation: string;
  awaiting: Json[];
  papers: Json[];
  rule: string | null;
}
export interface OptionField {
  form: string;
  name: string;
  kind: string;
  type: string;
  required: boolean;
  choices: string[];
  otherAllowed: boolean;
  columns: Json[];
  /** Numbers and days are strings, as they were recorded. */
  current: Json;
  /** The outcomes that ask for it; empty: all. */
  outcomes: string[];
  /** Of "answer": filled in by whoever asked, only to be read. */
  closed: boolean;
}

/** Something that is wrong with a text. */
export interface Diagnostic {
  file: string;
  line: number;
  column: number;
  message: string;
  help?: string;
  [member: string]: unknown;
}
export interface CheckReport {
  ok: boolean;
  errors: number;
  warnings: number;
  hints: number;
  diagnostics: Diagnostic[];
}

/** Units of a person; `head` for its head. */
export type Units = Iterable<string | { unit: string; head?: boolean }>;

export interface OpenOptions {
  /** A trial store whose clock is set by hand, from here on. */
  clock?: Date | string;
  /** Entropy from this; with `clock` only. */
  seed?: number | bigint;
  tenant?: string;
  /** Language of messages; 'vi' unless said. */
  words?: 'vi' | 'en';
  /** sqlite: do not make the file. */
  existing?: boolean;
  /** sqlite: only look. */
  readOnly?: boolean;
  /** sqlite: settings that do not guarantee durability are taken. */
  weak?: boolean;
  /** sqlite: do not read the file through when it is opened. */
  unchecked?: boolean;
  /** false: start without the procedures and calendars that ship. */
  bundled?: boolean;
  limits?: Readonly<Record<string, number>>;
  /** Who belongs where, answered at once; without it your own word is trusted. */
  members?: (person: string) => Units;
  lockWaitMs?: number;
  statementMs?: number;
  checkBytes?: number | bigint;
}

/** What every command may have. */
export interface Envelope {
  by: By;
  /** The same id again is the same command; made when there is none. */
  id?: string;
  expectedVersion?: number;
}
export interface OpenCase extends Envelope {
  bind?: Readonly<Record<string, By>>;
  reference?: string;
  fields?: Fields;
  atStep?: string;
}
export interface Complete extends Envelope {
  outcome?: string;
  reason?: string;
  fields?: Fields;
  /** true: every precondition; or those that are. */
  confirmed?: boolean | readonly string[];
  [member: string]: unknown;
}

export interface TaskFilter {
  unit?: string;
  person?: string;
  relation?: string;
  procedure?: string;
  case?: string;
  overdue?: boolean;
  /** Rows that are read at once, at most 1,000. */
  page?: number;
}
export interface CaseFilter {
  reference?: string;
  procedure?: string;
  status?: string;
  /** Those whose own limit has passed, by due. */
  overdue?: boolean;
  page?: number;
}
export interface TextOptions {
  /** Shown in diagnostics. */
  name?: string;
  /** The text of an import by its name, at once; null when there is none. */
  imports?: (name: string) => string | null | undefined;
}

/** Opens a store by its address: `memory:` or `sqlite:FILE`. */
export function openOffice(uri?: string, options?: OpenOptions): Promise<Office>;

/** A store, and the procedures that run on it. Emits `notification` on the event loop after the
 *  commit and before the command's promise is settled; one who throws is told again later, and
 *  `listenerError` has what was thrown. */
export class Office extends EventEmitter {
  private constructor();

  /** Lets the store go once the calls that are under way have ended. May be called again. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;

  on(event: 'notification', listener: (told: Notification) => void): this;
  on(event: 'listenerError', listener: (thrown: unknown) => void): this;
  once(event: 'notification', listener: (told: Notification) => void): this;
  once(event: 'listenerError', listener: (thrown: unknown) => void): this;
  off(event: 'notification', listener: (told: Notification) => void): this;
  off(event: 'listenerError', listener: (thrown: unknown) => void): this;

  /** Any command as bindings/c/README.md lists them; the answer as it is. */
  execute(command: object): Promise<JsonObject>;
  /** Several, committed together: each `{ result }` or `{ error }`. */
  executeAll(commands: Iterable<object>): Promise<JsonObject[]>;
  /** A command by its name: `office.send('claim', caseId, { by, task: '2' })`. */
  send(
    command: string,
    caseId: string | undefined,
    members: Envelope & { fields?: Fields; [member: string]: unknown },
  ): Promise<Result>;
  /** Opens a case and gives its id. The same `id` again is the same case. */
  open(procedure: string, members: OpenCase): Promise<string>;
  complete(caseId: string, task: string, members: Complete): Promise<Result>;
  /** The stored answer of a command id; null when it was never stored. */
  lookup(caseId: string, id: string): Promise<Result | null>;

  /** Any query as bindings/c/README.md lists them; the answer as it is. */
  query(query: string, members?: object): Promise<JsonObject>;
  /** Open tasks by due date; read page by page as they are asked for. */
  tasks(filter?: TaskFilter): AsyncGenerator<Task, void, undefined>;
  /** Cases, the newest first. */
  cases(filter?: CaseFilter): AsyncGenerator<CaseRow, void, undefined>;
  /** The facts of a case in their order. */
  history(caseId: string, options?: { page?: number }): AsyncGenerator<Event, void, undefined>;
  export(caseId: string, options?: { page?: number }): AsyncGenerator<StoredEvent, void, undefined>;
  /** Everything of a case: `state`, `procedure`, `quarantine`. */
  case(caseId: string): Promise<JsonObject>;
  /** What this person may do now: enough to build a form. */
  options(caseId: string, by: By): Promise<Option[]>;
  /** Proves the history of a case, or rejects with a StoreError. */
  verify(caseId: string): Promise<void>;

  /** Fires timers, carries out links, delivers notifications. */
  runDue(batch?: number): Promise<Report>;
  /** Up to `limit` (0: 100) notifications that nobody else is given for `leaseMs` (60,000), in
   *  whatever process. What is not confirmed by then is given to the next who asks. */
  take(options?: { limit?: number; leaseMs?: number }): Promise<Notification[]>;
  /** They have been dealt with. False when one of them was no longer held: it is told again. */
  confirm(...taken: Notification[]): Promise<boolean>;
  /** It could not be dealt with: it is offered again later, as are all others of its case that are
   *  held, and set aside after too many attempts. False when it was no longer held. */
  giveBack(taken: Notification, why?: string): Promise<boolean>;
  /** runDue, take and confirm in one: of a program that ends before it has dealt with them, at most
   *  `batch`, they are lost. Not while somebody listens. */
  pull(batch?: number): Promise<{ report: Report; notifications: Notification[] }>;

  /** Takes what was set aside back into the queue: the notification of this key, or all. */
  offerAgain(key?: string): Promise<number>;
  /** Trial stores only: time passes up to `to`, through everything that falls due. */
  passTo(to: Date | string): Promise<Report>;

  /** Adds a procedure; a TextError has every diagnostic. */
  add(text: string, options?: TextOptions): Promise<JsonObject>;
  /** Everything that is wrong with a text. */
  check(text: string, options?: TextOptions): Promise<CheckReport>;
  /** A text written anew; the answer has `text`, `changed`, and what was done. */
  rewrite(
    text: string,
    how: 'fix' | 'format' | 'translate' | 'mend',
    options?: TextOptions & { to?: 'vi' | 'en' },
  ): Promise<{ text: string; changed: boolean; [member: string]: Json }>;
  /** Tests a procedure in offices of its own: the scenarios of the text ('run'), or, of the text or
   *  with an empty one of `procedure`, scenarios that are made ('generate') or random walks
   *  ('explore'). What `progress` throws ends the test. */
  test(
    text: string,
    how?: 'run' | 'generate' | 'explore',
    options?: TextOptions & {
      progress?: (done: number, found: number) => void;
      procedure?: string;
      [bound: string]: unknown;
    },
  ): Promise<JsonObject>;
  /** A question about days, texts or proofs, as bindings/c/README.md lists them. */
  ask(what: string, members?: object): Promise<JsonObject>;
  procedures(): Promise<JsonObject[]>;
  procedure(code: string): Promise<JsonObject>;
  draw(code: string, kind?: 'svg' | 'dot' | 'mermaid'): Promise<string>;
  /** The rows of a lookup table that you keep; null lets them go. */
  setTable(code: string, hasRow: ((row: Json[]) => boolean) | null): Promise<void>;
  addCalendars(text: string, options?: { name?: string }): Promise<string[]>;
  /** The calendar of procedures that name none. */
  setDefaultCalendar(code: string): Promise<void>;
  switchCalendar(code: string, name: string, on: boolean): Promise<void>;
  /** Counts a limit as an officer writes it, and says why. `from` is a day or a moment. */
  due(
    limit: string,
    options?: { from?: Date | string; rule?: string; calendar?: string },
  ): Promise<Due>;

  /** The store's clock. */
  now(): Promise<Date>;
  /** Trial stores only: forward, never back. A text may have microseconds. */
  setClock(to: Date | string): Promise<void>;
  /** A consistent copy of a SQLite store in use. */
  backup(path: string): Promise<void>;
  /** Reads a SQLite store through. */
  checkStore(): Promise<void>;
}

/** A call failed. `message` is the sentence. */
export class QuytrinhError extends Error {
  /** One of `Code`; a newer library may have others. */
  readonly code: number;
  /** The name of the number: 'not_permitted'. */
  readonly name: string;
  readonly args: string[];
  /** Who could do it instead. */
  readonly whoCould: string[];
  /** Of a wrong text: everything that is wrong. */
  readonly diagnostics: Diagnostic[];
  /** What a function of yours threw that led to it. */
  readonly cause?: unknown;
}
/** 1xx: the request itself is wrong. */
export class RequestError extends QuytrinhError {}
/** 2xx: the rules of the procedure do not allow it now, or not to this person. */
export class Refused extends QuytrinhError {}
/** 3xx: the store. */
export class StoreError extends QuytrinhError {}
/** An office of the parent process was used in a forked child. */
export class ForkedError extends StoreError {}
/** 4xx: a text, procedure or calendar. */
export class TextError extends QuytrinhError {}
/** 5xx: a date that cannot be counted. */
export class CountingError extends QuytrinhError {}
/** 903: a function of yours (`members`, `imports`, a table) failed; `cause` is what it threw. */
export class HostCallbackError extends QuytrinhError {}
/** 9xx otherwise: the library's own. */
export class InternalError extends QuytrinhError {}

/** How many objects of the library this process has not released; its threads together. */
export function liveHandles(): number;
/** The library's version. */
export const version: string;
