// SPDX-License-Identifier: BSL-1.0
// JSON with whole numbers that are never rounded.
'use strict';

const { randomUUID } = require('node:crypto');

const LONG = /\d{16}/;
const TOKENS = /"(?:[^"\\]|\\.)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;
/** Nobody who writes a text can know it. */
const MARK = randomUUID();

function revive(_key, value) {
  return typeof value === 'string' && value.startsWith(MARK)
    ? BigInt(value.slice(MARK.length))
    : value;
}

function marked(token) {
  if (token.startsWith('"') || Number.isSafeInteger(Number(token))) return token;
  return `"${MARK}${token}"`;
}

/** JSON.parse, but whole numbers that a `number` would round are a `bigint`. */
function parse(text) {
  if (!LONG.test(text)) return JSON.parse(text);
  const exact = text.replace(TOKENS, marked);
  return exact === text ? JSON.parse(text) : JSON.parse(exact, revive);
}

function plain(_key, value) {
  if (typeof value !== 'bigint') return value;
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError(`${value} is too large a number`);
  return number;
}

/** JSON.stringify that takes a `bigint` as well, and nothing that JSON cannot say. */
function stringify(what) {
  let text;
  try {
    text = JSON.stringify(what);
  } catch (fault) {
    if (!/BigInt/.test(fault.message)) throw fault;
    text = JSON.stringify(what, plain);
  }
  if (text === undefined) throw new TypeError('not to be said in JSON');
  return text;
}

module.exports = { parse, stringify };
