// SPDX-License-Identifier: BSL-1.0
// An office as a Node program uses it.
'use strict';

const assert = require('node:assert/strict');
const { once } = require('node:events');
const fs = require('node:fs/promises');
const os = require('node:os');
const path = require('node:path');
const { test } = require('node:test');

const { toValue } = require('../lib/values');
const { ME, OWN, START, listed, quytrinh, withOffice } = require('./support');

const { Code, openOffice } = quytrinh;

test('a first case', () => withOffice(async (office) => {
  const id = await office.open('QT.HTKH.03', { by: ME });
  const done = await office.complete(id, '1', {
    by: { unit: 'ĐVYC', person: 'nv01' },
    confirmed: true,
  });
  assert.deepEqual(done.opened, ['2.1']);
  assert.equal(done.case, id);
  assert.equal(done.ended, false);
  const [task, ...none] = await listed(office.tasks({ unit: 'ĐVTH', relation: 'lead' }));
  assert.equal(none.length, 0);
  assert.deepEqual([task.due, task.dueKind], ['2023-12-14', 'counted']);
  assert.deepEqual(task.openedAt, new Date(START));
  assert.deepEqual(task.dueBefore, new Date('2023-12-15T00:00:00+07:00'));
  const [row] = await listed(office.cases());
  assert.deepEqual(row.opener, { unit: 'ĐVYC', person: 'nv01' });
  assert.deepEqual([row.case, row.version], [id, 4]);
  const events = await listed(office.history(id, { page: 1 }));
  assert.deepEqual(events.map((e) => e.seq), [1, 2, 3, 4]);
  assert.deepEqual(events[0].at, new Date(START));
  assert.equal(events.at(-1).hash, row.hash);
  await office.verify(id);
  assert.deepEqual(await office.now(), new Date(START));
  assert.deepEqual(await office.lookup(id, done.id), done);
  assert.equal(await office.lookup(id, 'none'), null);
}));

test('refusals are errors by group', () => withOffice(async (office) => {
  const id = await office.open('QT.HTKH.03', { by: ME, id: 'o' });
  await assert.rejects(office.complete(id, '1', { by: 'P.KHAC/x', confirmed: true }), (e) => {
    assert.ok(e instanceof quytrinh.Refused && e instanceof quytrinh.QuytrinhError);
    assert.deepEqual([e.code, e.name], [Code.NOT_PERMITTED, 'not_permitted']);
    assert.deepEqual(e.whoCould, ['ĐVYC']);
    assert.match(e.message, /ĐVYC/);
    return true;
  });
  await assert.rejects(office.execute({ command: 'fly' }), quytrinh.RequestError);
  await assert.rejects(office.add('quy trình X\n'), (e) =>
    e instanceof quytrinh.TextError && e.diagnostics[0].line === 1);
  await assert.rejects(openOffice('sqlite:/nowhere/at/all.db'), quytrinh.StoreError);
  await assert.rejects(openOffice('postgres:x'), quytrinh.RequestError);
  await assert.rejects(office.due('03 ngày làm việc', { from: '2050-01-01' }),
    quytrinh.CountingError);
}));

test('messages in English', () => withOffice(async (office) => {
  await assert.rejects(office.open('QT.NONE', { by: ME }), /^procedure_unknown: .*QT\.NONE/);
  await assert.rejects(office.open('QT.NONE', { by: ME }), { message: /there is no|no procedure/ });
}, { words: 'en' }));

test('values in and out', () => withOffice(async (office) => {
  await office.add(OWN);
  const id = await office.open('QT.01', { by: 'MC/a' });
  await office.send('record', id, {
    by: 'MC/a',
    task: '1',
    fields: [
      { field: 'Số bản', value: { decimal: '2.50' } },
      { form: 'BM.01', field: 'Ngày hẹn', value: '2024-02-29' },
      { field: 'Nhanh', value: true },
    ],
  });
  const can = (await office.options(id, 'MC/a')).find((one) => one.command === 'complete');
  assert.deepEqual(Object.fromEntries(can.fields.map((f) => [f.name, f.current])),
    { 'Số bản': '2.5', 'Ngày hẹn': '2024-02-29', Nhanh: true });
  assert.equal(can.fields[0].otherAllowed, false);
  await office.send('record', id, { by: 'MC/a', task: '1', fields: { 'Số bản': 3n } });
  for (const bad of [1.5, NaN, 2 ** 53, new Date(), {}, Symbol('x'), () => 1, [1], ['a', ['b']]])
    assert.throws(() => toValue(bad), TypeError);
  assert.deepEqual(toValue([['a', 1], ['b', null]]),
    { rows: [['a', { decimal: '1' }], ['b', null]] });
  await assert.rejects(office.setClock('2024-01-01T00:00:00'), TypeError);
  await office.setClock('2024-01-01T00:00:00.000123Z');
  await office.send('comment', id, { by: 'MC/a', task: '1', text: 'x' });
  const last = (await listed(office.history(id))).at(-1);
  assert.equal(last.raw.at, '2024-01-01T07:00:00.000123+07:00');
}));

test('notifications are events', () => withOffice(async (office) => {
  const told = [];
  const tell = (n) => told.push(n);
  office.on('notification', tell);
  const id = await office.open('QT.HTKH.03', { by: ME });
  assert.equal(told.length, 2, 'told before the command is answered');
  assert.ok(told.every((n) => n.kind === 'task_opened' && n.case === id && n.text));
  assert.deepEqual(told[0].at, new Date(START));
  assert.equal(typeof told[0].fence, 'bigint');
  assert.equal(told[0].raw.key, told[0].key);
  await assert.rejects(office.pull(), { code: Code.STORE_BUSY });
  office.off('notification', tell);
  await office.open('QT.HTKH.03', { by: ME });
  const { report, notifications } = await office.pull();
  assert.equal(report.delivered, notifications.length);
  assert.ok(notifications.length > 0);
  assert.equal(told.length, 2);
  const next = once(office, 'notification');
  await office.complete(id, '1', { by: ME, confirmed: true });
  assert.equal((await next)[0].kind, 'task_opened');
}));

test('who belongs where, imports, tables', async () => {
  const units = { nv01: ['ĐVYC'], gd01: [{ unit: 'LĐTT', head: true }] };
  await withOffice(async (office) => {
    assert.ok(await office.open('QT.HTKH.03', { by: ME }));
    await assert.rejects(office.open('QT.HTKH.03', { by: 'ĐVYC/gd01' }), quytrinh.Refused);
    // The host's own function throws: there are no units of nobody.
    await assert.rejects(office.open('QT.HTKH.03', { by: 'ĐVYC/nobody' }),
      quytrinh.QuytrinhError);
    const whole = OWN.replace('vai trò MC "Một cửa"\n', '')
      .replace('quy trình QT.01', 'lấy từ tệp "a.quytrinh"\nquy trình QT.01');
    const names = [];
    const imports = (name) => {
      names.push(name);
      return 'ngôn ngữ quy trình 1, tiếng Việt\nvai trò MC "Một cửa"\n';
    };
    assert.equal((await office.check(whole, { imports })).ok, true);
    assert.deepEqual(names, ['a.quytrinh']);
    assert.equal((await office.check(whole, { imports: () => null })).ok, false);
    assert.equal((await office.check(whole, { imports: () => 7 })).ok, false);
    await office.setTable('DM', () => true);
    await office.setTable('DM', () => false);
    await office.setTable('DM', null);
  }, { members: (person) => units[person] });
});

test('texts, calendars and limits', () => withOffice(async (office) => {
  assert.match(await office.draw('QT.HTKH.03'), /<svg/);
  assert.match(await office.draw('QT.HTKH.03', 'mermaid'), /flowchart/);
  await assert.rejects(office.draw('QT.HTKH.03', 'png'), TypeError);
  const due = await office.due('chậm nhất 03 ngày làm việc', { from: '2024-04-26' });
  assert.deepEqual([due.kind, due.lastDay, due.toTheHour], ['counted', '2024-05-04', false]);
  assert.ok(due.trace.length > 0);
  const from = new Date('2024-04-26T08:00:00+07:00');
  assert.equal((await office.due('chậm nhất 03 ngày làm việc', { from })).lastDay, '2024-05-04');
  assert.equal((await office.due('không nêu')).kind, 'not_stated');
  await office.switchCalendar('HC.VN', 'NGAY.VH', true);
  await office.setDefaultCalendar('HC.VN');
  assert.ok((await office.procedures()).some((p) => p.code === 'QT.HTKH.03'));
  assert.equal((await office.procedure('QT.HTKH.03')).code, 'QT.HTKH.03');
}));

test('texts that are written anew and tested', () => withOffice(async (office) => {
  const laid = await office.rewrite(OWN, 'format');
  assert.ok(laid.text.includes('quy trình QT.01'));
  assert.match((await office.rewrite(OWN, 'translate', { to: 'en' })).text, /procedure QT\.01/);
  const steps = [];
  const progress = (done, found) => steps.push([done, found]);
  await office.test('', 'explore', { procedure: 'QT.HTKH.03', progress });
  assert.ok(steps.length > 0);
  assert.ok(steps.every(([done, found]) => done >= 0 && found >= 0));
  const stop = new Error('enough');
  const throwing = () => {
    throw stop;
  };
  await assert.rejects(
    office.test('', 'explore', { procedure: 'QT.HTKH.03', progress: throwing }),
    (fault) => fault === stop);
  await assert.rejects(office.test('', 'explore', { progress: 1 }), TypeError);
  assert.equal((await office.ask('working_day', { day: '2024-04-29' })).working, false);
}));

test('a file', async () => {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'quytrinh-node-'));
  try {
    const uri = `sqlite:${path.join(folder, 'a.db')}`;
    const copy = path.join(folder, 'b.db');
    const id = await withOffice(async (office) => {
      const made = await office.open('QT.HTKH.03', { by: ME });
      await office.backup(copy);
      await office.checkStore();
      return made;
    }, {}, uri);
    await withOffice(async (look) => {
      await look.verify(id);
      await assert.rejects(look.open('QT.HTKH.03', { by: ME }), quytrinh.StoreError);
    }, { readOnly: true, seed: undefined }, `sqlite:${copy}`);
    await assert.rejects(openOffice(uri), { code: Code.CLOCK_DIFFERS });
    await assert.rejects(openOffice(`${uri}.none`, { existing: true }), quytrinh.StoreError);
  } finally {
    await fs.rm(folder, { recursive: true });
  }
});

test('several commands in one go', () => withOffice(async (office) => {
  const command = { command: 'open', procedure: 'QT.HTKH.03', by: ME };
  const [one, two] = await office.executeAll([command, { ...command, procedure: 'QT.NONE' }]);
  assert.ok(one.result.case);
  assert.equal(two.error.code, Code.PROCEDURE_UNKNOWN);
}));

test('closing', async () => {
  const office = await openOffice();
  const asked = office.query('store');
  const closed = office.close();
  assert.equal((await asked).store.kind, 'memory', 'what is under way ends first');
  await closed;
  await office.close();
  await assert.rejects(office.now(), quytrinh.RequestError);
  if (Symbol.asyncDispose) {
    const other = await openOffice();
    await other[Symbol.asyncDispose]();
    await assert.rejects(other.now(), quytrinh.RequestError);
  }
});
