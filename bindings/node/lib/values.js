// SPDX-License-Identifier: BSL-1.0
// What goes in and comes out, as JavaScript has it.
'use strict';

/** How many letters differ, as somebody mistypes or half remembers a name. */
function distance(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, n) => n);
  for (let i = 1; i <= one.length; ++i) {
    const next = [i];
    for (let j = 1; j <= other.length; ++j)
      next.push(Math.min(row[j] + 1, next[j - 1] + 1,
        row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[other.length];
}

/** Options that are not known are mistyped ones: passed over, a store would be written to that was
 *  to be looked at. */
function known(given, names, what) {
  if (given === null || typeof given !== 'object')
    throw new TypeError(`${what} must be an object`);
  for (const name of Object.keys(given)) {
    if (names.includes(name)) continue;
    const typed = name.slice(0, 64);
    const far = (one) => distance(typed.toLowerCase(), one.toLowerCase());
    const nearest = names.reduce((best, one) => (far(one) < far(best) ? one : best));
    throw new TypeError(`${what}: there is no '${typed}', perhaps '${nearest}' is meant`);
  }
  return given;
}

const MICROS = 1000n;
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.(\d{1,6}))?)?(?:Z|[+-]\d\d:\d\d)$/;

/** Microseconds since 1970 of a Date, or of a text with its zone, whose microseconds count. */
function micros(at) {
  if (at instanceof Date) {
    if (Number.isNaN(at.getTime())) throw new TypeError('an invalid Date');
    return BigInt(at.getTime()) * MICROS;
  }
  const parts = typeof at === 'string' ? ISO.exec(at) : null;
  const ms = parts ? Date.parse(at) : NaN;
  if (Number.isNaN(ms))
    throw new TypeError('a moment is a Date, or a text with its zone: 2024-05-04T08:00:00+07:00');
  const below = (parts[1] ?? '').padEnd(6, '0').slice(3);
  return BigInt(ms) * MICROS + BigInt(below);
}

const moment = (text) => (text === null || text === undefined ? null : new Date(text));
const dateOfMicros = (us) => new Date(Number(us / MICROS));

/** A value of a field as the library's JSON writes it. */
function toValue(value) {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'undefined':
      return null;
    case 'bigint':
      return { decimal: String(value) };
    case 'number':
      if (!Number.isSafeInteger(value))
        throw new TypeError(`${value} is not exact: pass a string ('2.5')`);
      return { decimal: String(value) };
    case 'object':
      break;
    default:
      throw new TypeError(`no field holds a ${typeof value}`);
  }
  if (value === null) return null;
  if (value instanceof Date)
    throw new TypeError("a field holds a day, a Date is a moment: pass a string ('2024-05-04')");
  if (Array.isArray(value)) return toList(value);
  const keys = Object.keys(value);
  if (keys.length === 1 && typeof value[keys[0]] === 'string' && /^(decimal|date)$/.test(keys[0]))
    return { [keys[0]]: value[keys[0]] };
  throw new TypeError('no field holds an object');
}

function toList(value) {
  const rows = value.filter(Array.isArray);
  if (rows.length > 0 && rows.length !== value.length)
    throw new TypeError('either strings or rows');
  if (rows.length > 0) return { rows: rows.map((row) => row.map(toValue)) };
  if (!value.every((one) => typeof one === 'string'))
    throw new TypeError('a list of choices holds strings');
  return value;
}

/** `{ Tên: value }`, or `[{ form, field, value }]` where several forms have the field. */
function toFields(fields) {
  if (fields === undefined || fields === null) return [];
  if (typeof fields !== 'object') throw new TypeError('fields must be an object or a list');
  if (Array.isArray(fields))
    return fields.map((one) => {
      const { form = '', field, value } = known(one, ['form', 'field', 'value'], 'a field');
      return { form, field, value: toValue(value) };
    });
  return Object.entries(fields).map(([field, value]) => ({
    form: '',
    field,
    value: toValue(value),
  }));
}

/** `"ĐVTH/nv07"` in its two parts; a unit alone is a unit. */
function actorOf(by) {
  if (typeof by !== 'string') {
    known(by, ['unit', 'person'], 'by');
    return { unit: by.unit, person: by.person ?? '' };
  }
  const slash = by.indexOf('/');
  if (slash < 0) return { unit: by, person: '' };
  return { unit: by.slice(0, slash), person: by.slice(slash + 1) };
}

const camel = (name) => name.replace(/_([a-z])/g, (_all, letter) => letter.toUpperCase());
const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** An object whose own members have their names as JavaScript writes them, moments as Dates. */
function picked(shown, moments = []) {
  const out = {};
  for (const [name, value] of Object.entries(shown))
    out[camel(name)] = moments.includes(name) ? moment(value) : value;
  return out;
}

/** The same all the way down: for answers whose members are all the library's own. */
function pickedDeep(shown) {
  if (Array.isArray(shown)) return shown.map(pickedDeep);
  if (shown === null || typeof shown !== 'object') return shown;
  const out = {};
  for (const [name, value] of Object.entries(shown)) out[camel(name)] = pickedDeep(value);
  return out;
}

function eventOf(shown) {
  const { seq, at, event, by = {}, body = {}, hash } = shown;
  const who = { unit: by.unit ?? '', person: by.person ?? '' };
  return hidden({ seq, at: new Date(at), event, by: who, body, hash }, shown);
}

function notificationOf(shown) {
  const told = picked(shown, ['at']);
  told.fence = BigInt(shown.fence);
  return hidden(told, shown);
}

/** `raw`, the JSON as it came, is there but does not show when somebody prints the object. */
function hidden(out, raw) {
  return Object.defineProperty(out, 'raw', { value: raw });
}

module.exports = {
  actorOf,
  dateOfMicros,
  eventOf,
  known,
  micros,
  moment,
  notificationOf,
  picked,
  pickedDeep,
  snake,
  toFields,
  toValue,
};
