// SPDX-License-Identifier: BSL-1.0
// An office: a store, and the procedures that run on it.
'use strict';

const { EventEmitter } = require('node:events');

const { Code, Drawing, OpenFlag, Words } = require('./codes');
const { QuytrinhError } = require('./errors');
const { parse, stringify } = require('./json');
const native = require('./native');
const values = require('./values');

const OPENING = Symbol('opening');
const HANDLES = new Set();
// What was never closed goes with its last reference, and what is left with the thread it is of.
const forgotten = new FinalizationRegistry((kept) => letGo(kept).catch(() => {}));
process.on('exit', function leave(code) {
  native.endAmidCalls(code, leave);
  for (const handle of HANDLES) native.release(handle);
});

/** The handle of an office, and the rooms in which C asks it back. */
async function letGo({ handle, rooms }) {
  HANDLES.delete(handle);
  await native.releaseLater(handle);
  for (const room of rooms) native.leave(room);
}

const text = (what, name) => {
  const data = native.utf8(what, name);
  return [data, data.length];
};

const json = (what) => {
  const data = Buffer.from(stringify(what), 'utf8');
  return [data, data.length];
};

function oneOf(table, value, what) {
  const number = typeof value === 'string' ? table[value.toUpperCase()] : undefined;
  if (number === undefined)
    throw new TypeError(`${what} is one of ${Object.keys(table).join(', ').toLowerCase()}`);
  return number;
}

function unsigned(value, what, most) {
  const number = typeof value === 'bigint' || Number.isSafeInteger(value) ? BigInt(value) : -1n;
  if (number < 0n || number > most) throw new RangeError(`${what} must be from 0 to ${most}`);
  return number;
}

/** What a function of the caller threw is the cause of the error to which it led. */
function because(error, fault) {
  return Object.defineProperty(error, 'cause', {
    value: fault,
    configurable: true,
    writable: true,
  });
}

const OPTIONS = ['clock', 'seed', 'tenant', 'words', 'existing', 'readOnly', 'weak', 'unchecked',
  'bundled', 'limits', 'members', 'lockWaitMs', 'statementMs', 'checkBytes'];

const TEXT = ['name', 'imports'];

const U32 = 0xffffffffn;
const U64 = 0xffffffffffffffffn;

/** The struct of quytrinh_open, and the buffers that it points to. */
function openOptions(options, room) {
  const on = (name, flag) => (options[name] ? flag : 0);
  let flags = on('existing', OpenFlag.EXISTING) | on('readOnly', OpenFlag.READ_ONLY) |
    on('weak', OpenFlag.WEAK) | on('unchecked', OpenFlag.UNCHECKED);
  if (options.bundled === false) flags |= OpenFlag.NO_BUNDLED;
  if (options.clock !== undefined) flags |= OpenFlag.MANUAL_CLOCK;
  if (options.seed !== undefined) flags |= OpenFlag.SEEDED;
  const [tenant, tenantSize] = text(options.tenant ?? 'main', 'tenant');
  const [limits, limitsSize] = options.limits ? json(options.limits) : [null, 0];
  const small = (name) => Number(unsigned(options[name] ?? 0, name, U32));
  return {
    size: native.OPTIONS_SIZE,
    flags,
    lock_wait_ms: small('lockWaitMs'),
    statement_ms: small('statementMs'),
    reserved: 0,
    clock_us: options.clock === undefined ? 0n : values.micros(options.clock),
    seed: unsigned(options.seed ?? 0, 'seed', U64),
    check_bytes: unsigned(options.checkBytes ?? 0, 'checkBytes', U64),
    tenant,
    tenant_size: tenantSize,
    limits,
    limits_size: limitsSize,
    members: options.members ? native.callbacks.members() : null,
    members_user: room,
    members_destroy: null,
  };
}

class Office extends EventEmitter {
  #handle;
  #room;
  #self = new WeakRef(this); // for C: an office that nobody else has can be let go
  #rooms = [];
  #words;
  #members;
  #closing = null;
  #running = 0;
  #idle = [];
  #arranged = false;
  #arranging = null;
  #pulls = 0;
  #direct = false;
  #tables = new Map();
  #thrown = []; // by functions of the caller, while calls are under way

  /** Not for you: openOffice opens one. */
  constructor(key, words) {
    if (key !== OPENING) throw new TypeError('openOffice() opens an office');
    super();
    this.#words = words;
  }

  static async [OPENING](uri, options) {
    values.known(options, OPTIONS, 'openOffice');
    const office = new Office(OPENING, oneOf(Words, options.words ?? 'vi', 'words'));
    await office.#open(uri, options);
    return office;
  }

  async #open(uri, options) {
    if (options.members !== undefined && typeof options.members !== 'function')
      throw new TypeError('members must be a function');
    this.#members = options.members;
    const self = this.#self;
    this.#room = native.enter({
      tell: (shown) => self.deref().#tell(shown),
      members: (person) => self.deref().#members(person),
      failed: (fault) => self.deref()?.#thrown.push(fault),
    });
    try {
      const address = text(uri, 'uri');
      const struct = openOptions(options, this.#room);
      this.#handle = await native.call(this.#words, 'open', [...address, struct]);
      this.#direct = uri === 'memory:';
    } catch (fault) {
      native.leave(this.#room);
      throw fault;
    }
    this.#rooms.push(this.#room);
    HANDLES.add(this.#handle);
    forgotten.register(this, { handle: this.#handle, rooms: this.#rooms }, this);
  }

  /** Lets the store go once the calls that are under way have ended. May be called again. */
  close() {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close() {
    while (this.#running > 0) await new Promise((resolve) => this.#idle.push(resolve));
    forgotten.unregister(this);
    const handle = this.#handle;
    this.#handle = 0n;
    await letGo({ handle, rooms: this.#rooms });
    this.#tables.clear();
  }

  // -- calls

  /** In a thread; what is closed has no handle, and the library says so. */
  async #call(name, given, plain = false) {
    this.#running += 1;
    try {
      const handle = this.#closing ? 0n : this.#handle;
      return await native.call(this.#words, name, [handle, ...given], plain);
    } catch (error) {
      throw this.#explained(error);
    } finally {
      this.#running -= 1;
      if (this.#running === 0) {
        this.#thrown.length = 0;
        for (const wake of this.#idle.splice(0)) wake();
      }
    }
  }

  /** C does not say which call asked: where several fail at once, the first has what came first. */
  #explained(error) {
    const failed = error?.code === Code.HOST_CALLBACK_FAILED && this.#thrown.length > 0;
    return failed ? because(error, this.#thrown.shift()) : error;
  }

  /** On the spot: in memory, with nothing else under way. */
  #executeNow(given) {
    try {
      return native.textOf(native.callNow(this.#words, 'execute', this.#handle, ...given));
    } catch (error) {
      throw this.#explained(error);
    } finally {
      this.#thrown.length = 0;
    }
  }

  async #text(name, given) {
    return native.textOf(await this.#call(name, given));
  }

  async #json(name, given) {
    return parse(await this.#text(name, given));
  }

  async #do(name, given) {
    await this.#call(name, given, true);
  }

  // -- commands

  /** Any command as bindings/c/README.md lists them; the answer as it is. */
  async execute(command) {
    const given = json(command);
    if (this.#listening() !== this.#arranged) await this.#arrange();
    // In memory a command takes less time than handing it to a thread would: it is done at once,
    // unless somebody else's call might hold it up, or it is a listener's own.
    if (this.#direct && this.#running === 0 && !this.#closing && !native.insideCallback())
      return parse(this.#executeNow(given));
    return this.#json('execute', given);
  }

  /** Several, committed together: each `{ result }` or `{ error }`. */
  async executeAll(commands) {
    if (typeof commands?.[Symbol.iterator] !== 'function')
      throw new TypeError('commands must be a list');
    const given = json([...commands]);
    if (this.#listening() !== this.#arranged) await this.#arrange();
    return this.#json('execute_all', [...given, this.#words]);
  }

  /** A command by its name: `office.send('claim', caseId, { by, task: '2' })`. */
  async send(command, caseId, { fields, ...members } = {}) {
    const request = { command, case: caseId };
    for (const [name, value] of Object.entries(members))
      if (value !== undefined) request[values.snake(name)] = value;
    if (fields !== undefined) request.fields = values.toFields(fields);
    return values.picked(await this.execute(request));
  }

  /** Opens a case and gives its id. The same `id` again is the same case. */
  async open(procedure, { bind, ...members } = {}) {
    const bound = Object.entries(bind ?? {}).map(([role, whom]) => ({
      role,
      ...values.actorOf(whom),
    }));
    const done = await this.send('open', undefined, { procedure, bind: bound, ...members });
    return done.case;
  }

  /** Completes a task. `confirmed: true` confirms every precondition. */
  async complete(caseId, task, { confirmed = false, ...members } = {}) {
    const said = Array.isArray(confirmed)
      ? { all: false, texts: confirmed }
      : { all: confirmed === true, texts: [] };
    return this.send('complete', caseId, { task, confirmed: said, ...members });
  }

  /** The stored answer of a command id; null when it was never stored. */
  async lookup(caseId, id) {
    const { result } = await this.query('lookup', { case: caseId, id });
    return result === null ? null : values.picked(result);
  }

  // -- queries

  /** Any query as bindings/c/README.md lists them; the answer as it is. */
  async query(query, members = {}) {
    return this.#json('query', [...json({ query, ...members }), this.#words]);
  }

  async *#pages(query, { page = 0, ...members }) {
    let cursor = '';
    do {
      const { rows, next } = await this.query(query, { ...members, cursor, limit: page });
      yield* rows;
      cursor = next;
    } while (cursor !== '');
  }

  /** Open tasks by due date; read page by page as they are asked for. */
  async *tasks(filter = {}) {
    const moments = ['opened_at', 'due_before'];
    for await (const row of this.#pages('tasks', filter)) yield values.picked(row, moments);
  }

  /** Cases, the newest first. */
  async *cases(filter = {}) {
    const moments = ['opened_at', 'last_at', 'due_before'];
    for await (const row of this.#pages('cases', filter)) yield values.picked(row, moments);
  }

  /** The facts of a case in their order. */
  async *history(caseId, options = {}) {
    for await (const row of this.#pages('history', { ...options, case: caseId }))
      yield values.eventOf(row);
  }

  /** The facts as the bytes that are kept: seq, hash, salt, header, payload (hexadecimal). */
  export(caseId, options = {}) {
    return this.#pages('export', { ...options, case: caseId });
  }

  /** Everything of a case: `state`, `procedure`, `quarantine`. */
  async case(caseId) {
    return this.query('case', { case: caseId });
  }

  /** What this person may do now: enough to build a form. */
  async options(caseId, by) {
    const { rows } = await this.query('options', { case: caseId, ...values.actorOf(by) });
    return values.pickedDeep(rows);
  }

  /** Proves the history of a case, or rejects with a StoreError. */
  async verify(caseId) {
    await this.#do('verify', text(caseId, 'case'));
  }

  // -- due work and notifications

  /** Fires timers, carries out links, delivers notifications. */
  async runDue(batch = 0) {
    if (this.#listening() !== this.#arranged) await this.#arrange();
    const given = [Number(unsigned(batch, 'batch', U32)), this.#words];
    return values.picked(await this.#json('run_due', given));
  }

  /** Notifications that nobody else is given for a while; `confirm` them within it, or they are
   *  given to the next who asks: each is told at least once. */
  async take(options = {}) {
    const { limit = 0, leaseMs = 60_000 } = values.known(options, ['limit', 'leaseMs'], 'options');
    const held = Number(unsigned(leaseMs, 'leaseMs', U32));
    if (held === 0) throw new RangeError('leaseMs must be a millisecond at least');
    const given = [Number(unsigned(limit, 'limit', U32)), held, this.#words];
    const { notifications } = await this.#json('take', given);
    return notifications.map(values.notificationOf);
  }

  /** They have been dealt with. False when one of them was no longer held: it is told again. */
  async confirm(...taken) {
    return this.#settle({ confirm: taken.map((one) => one.receipt) });
  }

  /** It could not be dealt with: it is offered again later, as are all others of its case that are
   *  held. False when it was no longer held. */
  async giveBack(taken, why = '') {
    return this.#settle({ give_back: [{ receipt: taken.receipt, why }] });
  }

  async #settle(request) {
    const { lapsed } = await this.#json('settle', text(JSON.stringify(request), 'request'));
    return lapsed.length === 0;
  }

  /** runDue, take and confirm in one, so that each is told at most once, where a listener is told at
   *  least once. Not while somebody listens. */
  async pull(batch = 0) {
    if (this.#listening() !== this.#arranged) await this.#arrange();
    const given = [Number(unsigned(batch, 'batch', U32)), this.#words];
    this.#pulls += 1;
    try {
      const { report, notifications } = await this.#json('pull', given);
      return {
        report: values.picked(report),
        notifications: notifications.map(values.notificationOf),
      };
    } finally {
      this.#pulls -= 1;
    }
  }

  /** Takes what was set aside back into the queue: the notification of this key, or all. */
  async offerAgain(key = '') {
    return Number(await this.#call('offer_again', text(key, 'key')));
  }

  /** Trial stores only: time passes up to `to`, through everything that falls due. */
  async passTo(to) {
    const given = [values.micros(to), this.#words];
    if (this.#listening() !== this.#arranged) await this.#arrange();
    return values.picked(await this.#json('pass_to', given));
  }

  #listening() {
    return this.listenerCount('notification') > 0;
  }

  /** Tells the library whether anybody listens; once at a time, and not while somebody pulls. */
  async #arrange() {
    if (this.#pulls > 0) return;
    this.#arranging ??= (async () => {
      try {
        while (this.#listening() !== this.#arranged) {
          const wanted = this.#listening();
          const callback = wanted ? native.callbacks.tell() : null;
          await this.#do('on_notification', [callback, this.#room, null, this.#words]);
          this.#arranged = wanted;
        }
      } finally {
        this.#arranging = null;
      }
    })();
    await this.#arranging;
  }

  /** On the event loop, while the command waits. Whoever throws is told again later. */
  #tell(shown) {
    if (!this.#listening()) return -1;
    try {
      this.emit('notification', values.notificationOf(shown));
      return 0;
    } catch (fault) {
      if (this.listenerCount('listenerError') > 0) this.emit('listenerError', fault);
      else process.emitWarning(`a listener failed: ${fault}`, 'QuytrinhWarning');
      return -1;
    }
  }

  // -- procedures, calendars, time

  /** A call about a text, with a room for what it asks back until it has ended. */
  async #about(name, procedure, options, request = [], watch = []) {
    const { name: file = 'procedure.quytrinh', imports = null, progress } = options;
    if (imports !== null && typeof imports !== 'function')
      throw new TypeError('imports must be a function');
    const given = [...text(file, 'name'), ...text(procedure, 'text')];
    const thrown = [];
    const room = native.enter({ imports, progress, failed: (fault) => thrown.push(fault) });
    try {
      const ask = imports ? native.callbacks.imports() : null;
      const more = [...request, ...watch.flatMap((one) => [one, room])];
      const answer = await this.#json(name, [...given, ask, room, ...more, this.#words]);
      // A text that could not be imported is a diagnostic of that answer, which does not say why.
      for (const fault of thrown)
        process.emitWarning(`imports failed: ${fault}`, 'QuytrinhWarning');
      return answer;
    } catch (error) {
      const why = error instanceof QuytrinhError && thrown.length > 0;
      throw why ? because(error, thrown[0]) : error;
    } finally {
      native.leave(room);
    }
  }

  /** Adds a procedure; a TextError has every diagnostic. */
  async add(procedure, options = {}) {
    values.known(options, TEXT, 'add');
    return this.#about('add', procedure, options);
  }

  /** Everything that is wrong with a text: ok, errors, warnings, hints, diagnostics. */
  async check(procedure, options = {}) {
    values.known(options, TEXT, 'check');
    return this.#about('check', procedure, options);
  }

  /** A text written anew: `how` is 'fix', 'format', 'translate' (`to` 'vi' or 'en') or 'mend'. */
  async rewrite(procedure, how, options = {}) {
    const { to, name, imports } = values.known(options, ['to', ...TEXT], 'rewrite');
    return this.#about('rewrite', procedure, { name, imports }, json({ do: how, to }));
  }

  /** Tests a procedure in offices of its own: `how` is 'run' (the scenarios of the text),
   *  'generate' or 'explore'. What `progress(done, found)` throws ends the test. */
  async test(procedure, how = 'run', { name, imports, progress, ...bounds } = {}) {
    if (progress !== undefined && typeof progress !== 'function')
      throw new TypeError('progress must be a function');
    let thrown = null;
    const count = (done, found) => {
      try {
        progress(done, found);
        return 0;
      } catch (fault) {
        thrown = { fault };
        return 1;
      }
    };
    const watch = [progress ? native.callbacks.progress() : null];
    try {
      return await this.#about('test', procedure, { name, imports, progress: count },
        json({ do: how, ...bounds }), watch);
    } catch (fault) {
      throw thrown ? thrown.fault : fault;
    }
  }

  /** A question about days, texts or proofs, as bindings/c/README.md lists them:
   *  `office.ask('working_day', { day: '2024-04-29' })`. */
  async ask(what, members = {}) {
    return this.#json('ask', [...json({ ask: what, ...members }), this.#words]);
  }

  async procedures() {
    return (await this.query('procedures')).rows;
  }

  async procedure(code) {
    return this.query('procedure', { code });
  }

  /** A drawing of a procedure: 'svg', 'dot' or 'mermaid'. */
  async draw(code, kind = 'svg') {
    return this.#text('draw', [...text(code, 'code'), oneOf(Drawing, kind, 'kind'), this.#words]);
  }

  /** The rows of a lookup table that you keep; null lets them go. */
  async setTable(code, hasRow) {
    if (hasRow !== null && typeof hasRow !== 'function')
      throw new TypeError('hasRow must be a function or null');
    const name = text(code, 'code');
    // The room stays as long as the office: a call under way may still ask there.
    const table = this.#tables.get(code) ?? { room: this.#tableRoom(code), hasRow };
    table.hasRow = hasRow ?? table.hasRow;
    this.#tables.set(code, table);
    const [callback, room] = hasRow ? [native.callbacks.row(), table.room] : [null, 0];
    await this.#do('set_table', [...name, callback, room, null]);
  }

  #tableRoom(code) {
    const self = this.#self;
    const ask = (row) => self.deref().#tables.get(code).hasRow(row);
    const room = native.enter({
      row: (row) => {
        const has = ask(row);
        if (typeof has?.then === 'function') throw new TypeError('a promise is no answer');
        return has ? 1 : 0;
      },
      failed: (fault) => self.deref()?.#thrown.push(fault),
    });
    this.#rooms.push(room);
    return room;
  }

  async addCalendars(calendars, options = {}) {
    const { name = 'calendar.quytrinh' } = values.known(options, ['name'], 'addCalendars');
    return this.#json('add_calendars', [...text(name, 'name'), ...text(calendars, 'text')]);
  }

  /** The calendar of procedures that name none. */
  async setDefaultCalendar(code) {
    await this.#do('default_calendar', text(code, 'code'));
  }

  /** Turns a switch of a calendar on or off. */
  async switchCalendar(code, name, on) {
    await this.#do('switch_calendar', [...text(code, 'code'), ...text(name, 'name'), on ? 1 : 0]);
  }

  /** Counts a limit as an officer writes it, and says why. */
  async due(limit, options = {}) {
    const { from, rule = '', calendar = '' } =
      values.known(options, ['from', 'rule', 'calendar'], 'due');
    const request = { limit, rule, calendar };
    if (from !== undefined) request.from = from instanceof Date ? from.toISOString() : from;
    const out = await this.#json('due', [...json(request), this.#words]);
    const { last_day, before, to_the_hour, trace } = out;
    return {
      kind: out.kind ?? 'counted',
      lastDay: last_day ?? null,
      before: values.moment(before),
      toTheHour: to_the_hour ?? false,
      trace: (trace ?? []).map((line) => line.text),
    };
  }

  /** The store's clock. */
  async now() {
    return values.dateOfMicros(BigInt.asIntN(64, await this.#call('now', [])));
  }

  /** Trial stores only: forward, never back. */
  async setClock(to) {
    await this.#do('set_clock', [values.micros(to)]);
  }

  /** A consistent copy of a SQLite store in use. */
  async backup(path) {
    await this.#do('backup', text(path, 'path'));
  }

  /** Reads a SQLite store through. */
  async checkStore() {
    await this.#do('check_store', []);
  }
}

if (Symbol.asyncDispose)
  Object.defineProperty(Office.prototype, Symbol.asyncDispose, {
    value() {
      return this.close();
    },
  });

/** Opens a store by its address: `memory:` or `sqlite:FILE`. */
function openOffice(uri = 'memory:', options = {}) {
  return Office[OPENING](uri, options);
}

module.exports = { Office, openOffice };
