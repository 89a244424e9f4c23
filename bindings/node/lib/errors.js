// SPDX-License-Identifier: BSL-1.0
// What can go wrong, one class for each group of numbers.
'use strict';

const { Code } = require('./codes');

/** A call failed. `message` is the sentence, `code` the number, `name` its name. */
class QuytrinhError extends Error {
  constructor(code, details = {}) {
    super(details.message ?? details.name ?? `error ${code}`);
    this.code = code;
    // Not in the way of anybody who prints the error: the class is shown with it.
    Object.defineProperty(this, 'name', { value: details.name ?? 'unknown', configurable: true });
    this.args = details.args ?? [];
    this.whoCould = details.who_could ?? [];
    this.diagnostics = details.diagnostics ?? [];
  }
}

/** 1xx: the request itself is wrong. */
class RequestError extends QuytrinhError {}
/** 2xx: the rules of the procedure do not allow it now, or not to this person. */
class Refused extends QuytrinhError {}
/** 3xx: the store. */
class StoreError extends QuytrinhError {}
/** An office of the parent process was used in a forked child: open it anew there. */
class ForkedError extends StoreError {}
/** 4xx: a text, procedure or calendar. */
class TextError extends QuytrinhError {}
/** 5xx: a date that cannot be counted. */
class CountingError extends QuytrinhError {}
/** 903: a function of yours (`members`, `imports`, a table) failed; `cause` is what it threw. */
class HostCallbackError extends QuytrinhError {}
/** 9xx otherwise: the library's own. */
class InternalError extends QuytrinhError {}

const GROUPS = { 1: RequestError, 2: Refused, 3: StoreError, 4: TextError, 5: CountingError };

function errorOf(code, details) {
  if (code === Code.FORKED) return new ForkedError(code, details);
  if (code === Code.HOST_CALLBACK_FAILED) return new HostCallbackError(code, details);
  return new (GROUPS[Math.trunc(code / 100)] ?? InternalError)(code, details);
}

module.exports = {
  CountingError,
  ForkedError,
  HostCallbackError,
  InternalError,
  QuytrinhError,
  Refused,
  RequestError,
  StoreError,
  TextError,
  errorOf,
};
