// SPDX-License-Identifier: BSL-1.0
// The C functions by koffi: called in its threads and answered on the event loop, or, where that
// would take longer than the work itself, at once.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { isMainThread } = require('node:worker_threads');
const koffi = require('koffi');

const { ABI_VERSION, Code } = require('./codes');
const { errorOf } = require('./errors');
const { CALLBACKS, FUNCTIONS, STRUCTS } = require('./functions');
const { parse } = require('./json');
const { known } = require('./values');

const NAME = 'libquytrinh_c.so.1';
/** How many calls are in threads at once; others wait their turn. koffi keeps so many stacks. */
const MOST = 32;
/** What koffi gives a call to stand on. Its own 128 KiB are too few for the deepest texts. */
const STACK = 8 << 20;

const STRUCT = koffi.struct('quytrinh_open_options', STRUCTS.quytrinh_open_options);
const OPTIONS_SIZE = koffi.sizeof(STRUCT);

function makeRoom() {
  try {
    koffi.config({
      sync_stack_size: STACK,
      async_stack_size: STACK,
      resident_async_pools: MOST,
    });
  } catch (cause) {
    // Too late: somebody else has loaded a library by the same koffi.
    const { async_stack_size: async, sync_stack_size: sync } = koffi.config();
    if (Math.min(async, sync) >= STACK) return;
    const message = 'quytrinh: require it before koffi loads another library, or have ' +
      `koffi.config() give sync_stack_size and async_stack_size ${STACK} bytes`;
    throw new Error(message, { cause });
  }
}

function load() {
  const beside = path.join(__dirname, '..', 'native', NAME);
  const file = process.env.QUYTRINH_LIBRARY || (fs.existsSync(beside) ? beside : NAME);
  try {
    return koffi.load(file);
  } catch (cause) {
    const message = `quytrinh: no native library (${cause.message}); build it by ` +
      '`npx quytrinh-build`, or name one by QUYTRINH_LIBRARY';
    throw new Error(message, { cause });
  }
}

makeRoom();
const library = load();
const found = new Map();

/** A function by its name without `quytrinh_`. Looked for when it is first used, so that a library
 *  that lacks what was added later still serves the rest. */
function functionOf(name) {
  let one = found.get(name);
  if (one === undefined) {
    one = library.func(`quytrinh_${name}`, ...FUNCTIONS[`quytrinh_${name}`]);
    found.set(name, one);
  }
  return one;
}

if (functionOf('abi_version')() !== ABI_VERSION)
  throw new Error(`quytrinh: the library has ABI ${functionOf('abi_version')()}, ` +
    `this package needs ${ABI_VERSION}`);

const version = functionOf('version')();

/** Where a call puts its error and its result: memory that outlives it. */
class Place {
  error = new BigUint64Array(1);
  out = new BigUint64Array(1);
}
const places = [];
const takePlace = () => places.pop() ?? new Place();

// -- texts

const word = new BigUint64Array(2);
const words = [word.subarray(0, 1), word.subarray(1, 2)];

/** The bytes of a text as a string; the text is released. */
function textOf(handle) {
  try {
    const code = functionOf('text_get')(handle, words[0], words[1]);
    if (code !== Code.OK) throw errorOf(code);
    return koffi.decode.string(word[0], Number(word[1]));
  } finally {
    release(handle);
  }
}

/** A string as UTF-8. Half a character has none: what is not well formed is refused here. */
function utf8(text, what) {
  if (typeof text !== 'string') throw new TypeError(`${what} must be a string`);
  if (/\p{Surrogate}/u.test(text))
    throw errorOf(Code.INVALID_UTF8, {
      name: 'invalid_utf8',
      message: `${what}: not well-formed text`,
    });
  return Buffer.from(text, 'utf8');
}

function failure(code, error, language) {
  if (error === 0n) {
    if (code !== Code.FORKED) return errorOf(code);
    return errorOf(code, {
      name: 'forked',
      message: 'not usable in a forked child, open it again',
    });
  }
  const out = new BigUint64Array(1);
  try {
    if (functionOf('error_json')(error, language, out) !== Code.OK) return errorOf(code);
    return errorOf(code, parse(textOf(out[0])));
  } finally {
    release(error);
  }
}

// -- calls

let running = 0;
const waiting = [];
let served = 0;

function next() {
  running -= 1;
  if (served === waiting.length) return;
  const one = waiting[served];
  waiting[served++] = undefined;
  if (served === waiting.length) waiting.length = served = 0;
  start(...one);
}

/** `given` is kept until the call has ended: C reads from and writes into it. */
function start(name, given, done) {
  if (running >= MOST) {
    waiting.push([name, given, done]);
    return;
  }
  running += 1;
  try {
    functionOf(name).async(...given, (fault, code) => {
      given.length = 0;
      next();
      done(fault, code);
    });
  } catch (fault) {
    next();
    done(fault);
  }
}

/** A function whose last parameters are the error and, unless `plain`, one result, in a thread. */
function call(language, name, given, plain = false) {
  return new Promise((resolve, reject) => {
    const place = takePlace();
    given.push(place.error);
    if (!plain) given.push(place.out);
    start(name, given, (fault, code) => {
      if (fault) return reject(fault);
      const error = place.error[0];
      const out = place.out[0];
      places.push(place);
      if (code !== Code.OK) return reject(failure(code, error, language));
      resolve(out);
    });
  });
}

/** The same at once, on this thread. */
function callNow(language, name, ...given) {
  const place = takePlace();
  const code = functionOf(name)(...given, place.error, place.out);
  const error = place.error[0];
  const out = place.out[0];
  places.push(place);
  if (code !== Code.OK) throw failure(code, error, language);
  return out;
}

function release(handle) {
  return functionOf('release')(handle);
}

function releaseLater(handle) {
  return new Promise((resolve) => start('release', [handle], () => resolve()));
}

/** How many objects of the library this process has not released; threads of it together. */
function liveHandles() {
  const count = new BigUint64Array(1);
  functionOf('live_handles')(count);
  return Number(count[0]);
}

// -- callbacks

/** Whoever C may call, by the number that it has as `user`. */
const rooms = new Map();
let numbers = 0;
let inside = 0;

function enter(whom) {
  numbers += 1;
  rooms.set(numbers, whom);
  return numbers;
}

function leave(number) {
  rooms.delete(number);
}

let calledBack = false;

/** Nothing that is thrown leaves a callback: it is a failure (-1), and the room keeps why. */
function guarded(what) {
  return (user, data, size, reply) => {
    inside += 1;
    const room = rooms.get(Number(user));
    try {
      return what(room, koffi.decode.string(data, Number(size)), reply);
    } catch (fault) {
      room?.failed?.(fault);
      return -1;
    } finally {
      inside -= 1;
    }
  };
}

/** How far a test has come, which is no text. */
function counted(user, done, found) {
  inside += 1;
  try {
    return rooms.get(Number(user)).progress(Number(done), Number(found));
  } catch {
    return -1;
  } finally {
    inside -= 1;
  }
}

function registered(type, whole) {
  const [result, parameters] = CALLBACKS[type];
  const pointer = koffi.pointer(koffi.proto(type, result, parameters));
  let made;
  return () => {
    calledBack = true;
    return (made ??= koffi.register(whole, pointer));
  };
}

function replyUnits(reply, units) {
  for (const one of units) {
    const { unit, head = false } =
      typeof one === 'string' ? { unit: one } : known(one, ['unit', 'head'], 'a unit');
    const name = utf8(unit, 'unit');
    if (functionOf('reply_member')(reply, name, name.length, head ? 1 : 0, 0) !== Code.OK)
      return -1;
  }
  return 0;
}

function replyText(reply, text) {
  if (text === undefined || text === null) return 1;
  const data = utf8(text, 'import');
  return functionOf('reply_text')(reply, data, data.length) === Code.OK ? 0 : -1;
}

const callbacks = {
  tell: registered('quytrinh_notification_fn', guarded((room, json) => room.tell(parse(json)))),
  members: registered('quytrinh_members_fn', guarded((room, who, reply) =>
    replyUnits(reply, room.members(who)))),
  imports: registered('quytrinh_import_fn', guarded((room, name, reply) =>
    replyText(reply, room.imports(name)))),
  row: registered('quytrinh_row_fn', guarded((room, json) => room.row(parse(json)))),
  progress: registered('quytrinh_progress_fn', counted),
};

let fatal = null;
process.on('uncaughtExceptionMonitor', (thrown) => {
  fatal = { thrown };
  setImmediate(() => (fatal = null)).unref();
});

/** At the exit of the process a call in a thread may be waiting for its callback to be answered on
 *  the event loop, which has stopped: the process would wait for the thread, and the thread for the
 *  process. Then it ends here and now, after everybody else who wants to know: what was not
 *  answered was not told, and is told again by the next process. */
function endAmidCalls(code, self) {
  if (running === 0 || !calledBack || !isMainThread) return;
  if (fatal) console.error(fatal.thrown); // Node would do so after this
  const all = process.rawListeners('exit');
  for (const listener of all.slice(all.indexOf(self) + 1)) {
    try {
      listener.call(process, code);
    } catch (fault) {
      console.error(fault);
      process.exitCode = 7; // as Node has it
    }
  }
  koffi.load(null).func('_exit', 'void', ['int'])(Number(process.exitCode ?? code));
}

const insideCallback = () => inside > 0;

module.exports = {
  OPTIONS_SIZE,
  call,
  callNow,
  callbacks,
  endAmidCalls,
  enter,
  insideCallback,
  leave,
  liveHandles,
  release,
  releaseLater,
  textOf,
  utf8,
  version,
};
