// SPDX-License-Identifier: BSL-1.0
// The scripts of bindings/conformance: the same results, refusals and bytes as everywhere.
'use strict';

const assert = require('node:assert/strict');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { test } = require('node:test');
const { isDeepStrictEqual } = require('node:util');

const { parse } = require('../lib/json');
const { snake } = require('../lib/values');
const { ROOT, listed, quytrinh, withOffice } = require('./support');

const FOLDER = path.join(ROOT, 'bindings', 'conformance');
const SCRIPTS = fs.readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

/** A report as the library's JSON has it. */
const said = (report) =>
  Object.fromEntries(Object.entries(report).map(([name, value]) => [snake(name), value]));

const some = (answer, names) => Object.fromEntries(names.map((name) => [name, answer[name]]));

/** A day that was counted, as far as a binding shows it, of either form. */
async function due(office, { limit, from, rule, calendar }, step) {
  const got = await office.due(limit, { from, rule, calendar });
  const want = step.expect;
  if (!want || 'kind' in want) return { kind: got.kind };
  assert.deepEqual([got.lastDay, got.before, got.toTheHour, got.trace],
    [want.last_day, new Date(want.before), want.to_the_hour, want.trace.map((t) => t.text)]);
  return want;
}

const taken = new WeakMap();

const acts = {
  take: async (office, { limit }) => {
    const some = await office.take({ limit });
    taken.set(office, some);
    return { notifications: some.map((n) => n.raw) };
  },
  confirm: async (office, request) => {
    const all = taken.get(office);
    return { held: await office.confirm(...request.taken.map((n) => all[n])) };
  },
  give_back: async (office, request) => {
    const one = taken.get(office)[request.taken];
    return { held: await office.giveBack(one, request.why) };
  },
  open: async (office, { uri }) => (await (await quytrinh.openOffice(uri)).close()) ?? {},
  execute: (office, request) => office.execute(request),
  execute_all: (office, request) => office.executeAll(request),
  query: (office, { query, ...members }) => office.query(query, members),
  add: (office, { text }) => office.add(text),
  verify: async (office, request) => (await office.verify(request.case)) ?? {},
  clock: async (office, { to }) => (await office.setClock(to)) ?? {},
  check: (office, { text }) => office.check(text),
  rewrite: async (office, { text, request }) => {
    const { do: how, ...options } = request;
    return some(await office.rewrite(text, how, options), ['text', 'changed']);
  },
  test: async (office, { text, request }) => {
    const { do: how, ...options } = request;
    return some(await office.test(text, how, options), ['ok', 'scenarios', 'failed']);
  },
  ask: (office, { ask, ...members }) => office.ask(ask, members),
  draw: async (office, { code, kind }) => ({ drawing: await office.draw(code, kind) }),
  run_due: async (office) => said(await office.runDue()),
  pass_to: async (office, { to }) => said(await office.passTo(to)),
  offer_again: async (office, { key }) => ({ count: await office.offerAgain(key) }),
  default_calendar: async (office, { code }) => (await office.setDefaultCalendar(code)) ?? {},
  switch_calendar: async (office, { code, name, on }) =>
    (await office.switchCalendar(code, name, on)) ?? {},
  pull: async (office) => {
    const { report, notifications } = await office.pull();
    return { report: said(report), notifications: notifications.map((n) => n.raw) };
  },
  due,
};

async function exported(office) {
  const hash = createHash('sha256');
  const ids = (await listed(office.cases({ page: 2 }))).map((row) => row.case).sort();
  for (const id of ids) {
    hash.update(`case ${id}\n`);
    for await (const e of office.export(id, { page: 5 }))
      hash.update(`${e.seq} ${e.hash} ${e.salt} ${e.header} ${e.payload}\n`);
  }
  return hash.digest('hex');
}

async function outcome(office, step) {
  try {
    return { expect: await acts[step.do](office, step.request, step) };
  } catch (e) {
    if (!(e instanceof quytrinh.QuytrinhError)) throw e;
    return { refuse: { code: e.code, name: e.name, message: e.message } };
  }
}

/** What a script opens the office with: its clock, and who belongs where. */
function opening({ clock, seed, members, limits }) {
  if (!members) return { clock, seed, limits };
  const unitsOf = (person) => members[person].map((unit) =>
    (typeof unit === 'string' ? unit : { unit: unit[0], head: unit[1] }));
  return { clock, seed, members: unitsOf };
}

async function run(script, uri) {
  await withOffice(async (office) => {
    for (const [code, rows] of Object.entries(script.tables ?? {}))
      await office.setTable(code, (row) => rows.some((one) => isDeepStrictEqual(one, row)));
    for (const step of script.steps) {
      const { expect, refuse, only } = step;
      const want = expect === undefined ? { refuse } : { expect };
      const got = await outcome(office, step);
      if (uri === 'memory:' || only !== 'memory')
        assert.deepEqual(got, want, JSON.stringify(step.request));
    }
    assert.equal(await exported(office), script.export);
  }, opening(script), uri);
}

test('there are scripts', () => assert.ok(SCRIPTS.length >= 9));

for (const name of SCRIPTS) {
  const script = parse(fs.readFileSync(path.join(FOLDER, name), 'utf8'));
  test(`${name} in memory`, () => run(script, 'memory:'));
  if (script.only === 'memory') continue;
  test(`${name} in a file`, async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'quytrinh-node-'));
    try {
      await run(script, `sqlite:${path.join(folder, 'a.db')}`);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
}
