// SPDX-License-Identifier: BSL-1.0
// What a caller mistypes, and what its own functions throw: said, and not passed over.
'use strict';

const assert = require('node:assert/strict');
const { once } = require('node:events');
const { test } = require('node:test');

const { ME, OWN, listed, quytrinh, withOffice } = require('./support');

const { Code, HostCallbackError, openOffice } = quytrinh;

// `{ readonly: true }` was passed over, and the store that was to be looked at was written to.
test('options that there are not', () => withOffice(async (office) => {
  const id = await office.open('QT.HTKH.03', { by: ME });
  for (const [call, meant] of [
    [() => openOffice('sqlite:/nowhere/x.db', { readonly: true }), 'readOnly'],
    [() => openOffice('memory:', { lockWait: 5 }), 'lockWaitMs'],
    [() => openOffice('memory:', { check_bytes: 5 }), 'checkBytes'],
    [() => openOffice('memory:', { word: undefined }), 'words'],
    [() => openOffice('memory:', { ['x'.repeat(1e6)]: 1 }), 'existing'],
    [() => office.due('03 ngày làm việc', { from: '2024-04-26', rul: 'blds_2015' }), 'rule'],
    [() => office.add(OWN, { import: () => null }), 'imports'],
    [() => office.check(OWN, { nam: 'x' }), 'name'],
    [() => office.rewrite(OWN, 'translate', { into: 'en' }), 'to'],
    [() => office.addCalendars('', { title: 'x' }), 'name'],
    [() => office.options(id, { unit: 'ĐVYC', persons: 'nv01' }), 'person'],
    [() => office.open('QT.HTKH.03', { by: ME, bind: { P: { units: 'A' } } }), 'unit'],
    [() => office.complete(id, '1', { by: ME, fields: [{ forms: 'x', field: 'y' }] }), 'form'],
  ])
    await assert.rejects(async () => call(), (e) =>
      e instanceof TypeError && e.message.endsWith(`perhaps '${meant}' is meant`), String(call));
  for (const call of [
    () => openOffice('memory:', null),
    () => openOffice('memory:', 'words'),
    () => office.due('03 ngày làm việc', null),
  ])
    await assert.rejects(async () => call(), TypeError, String(call));
  // What the library knows itself, it refuses itself.
  for (const call of [
    () => listed(office.tasks({ units: 'ĐVYC' })),
    () => listed(office.history(id, { pages: 1 })),
    () => office.complete(id, '1', { by: ME, confirm: true }),
    () => office.test(OWN, 'run', { line: 1 }),
  ])
    await assert.rejects(call, { code: Code.BAD_JSON }, String(call));
}));

// "Your function failed" was all that anybody heard.
test('what a function of the caller throws is the cause', async () => {
  const faults = { a: new Error('no directory'), b: 'no words', c: new Error('c') };
  const members = (person) => {
    if (person in faults) throw faults[person];
    return person === 'head' ? [{ unit: 'ĐVYC', haed: true }] : ['ĐVYC'];
  };
  const failed = (cause) => (e) => {
    assert.ok(e instanceof HostCallbackError && !(e instanceof quytrinh.InternalError));
    assert.equal(e.code, Code.HOST_CALLBACK_FAILED);
    assert.equal(e.cause, cause);
    assert.ok(!Object.keys(e).includes('cause'));
    return true;
  };
  const open = (office, person) => office.open('QT.HTKH.03', { by: `ĐVYC/${person}` });
  await withOffice(async (office) => {
    await assert.rejects(open(office, 'a'), failed(faults.a)); // on the spot
    await assert.rejects(open(office, 'b'), failed('no words'));
    await assert.rejects(open(office, 'head'), (e) => /'haed'.*'head'/.test(e.cause.message));
    const [{ error }] = await office.executeAll([
      { command: 'open', procedure: 'QT.HTKH.03', by: 'ĐVYC/a' }]);
    assert.equal(error.code, Code.HOST_CALLBACK_FAILED);
    await assert.rejects(office.open('QT.NONE', { by: ME }), (e) => !('cause' in e));
    await assert.rejects(open(office, 'c'), failed(faults.c)); // and not what was before
    const both = await Promise.allSettled([office.now(), open(office, 'a'), open(office, 'b')]);
    assert.deepEqual(new Set(both.slice(1).map((one) => one.reason.cause)),
      new Set([faults.a, faults.b])); // in threads
  }, { members });
});

test('what a table throws is the cause', () => withOffice(async (office) => {
  await office.add(`ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.H "Kiểm tra"
  cách tính giờ hành chính
  các bước theo thứ tự
  không nêu hồ sơ lưu
vai trò KT "Người kiểm tra"
danh mục PQ "Ai được kiểm tra loại nào"
  cột "Cán bộ" là người
  cột "Loại" là chữ
biểu mẫu P.H "Phiếu"
  thông tin "Loại" là chữ, bắt buộc
bước 1 "Nhập"
  chủ trì KT
  lập P.H
  thời hạn không nêu
  nếu PQ có (người thực hiện, "Loại") → bước 2
  còn lại → kết thúc "Không thuộc"
bước 2 "Kiểm tra"
  chủ trì KT
  thời hạn không nêu
`);
  const fault = new Error('no disk');
  const faults = [
    [() => {
      throw fault;
    }, (cause) => cause === fault],
    [async () => true, (cause) => cause instanceof TypeError], // a promise is no row
  ];
  for (const [hasRow, meant] of faults) {
    await office.setTable('PQ', hasRow);
    const id = await office.open('QT.H', { by: 'KT/nv01' });
    const complete = () => office.complete(id, '1', { by: 'KT/nv01', fields: { Loại: 'A' } });
    await assert.rejects(complete, (e) => e instanceof HostCallbackError && meant(e.cause));
    await office.setTable('PQ', () => true);
    assert.deepEqual((await complete()).opened, ['2.1']);
  }
}));

test('what an import throws is the cause', () => withOffice(async (office) => {
  const fault = new Error('no disk');
  const imports = () => {
    throw fault;
  };
  const whole = OWN.replace('vai trò MC "Một cửa"\n', '')
    .replace('quy trình QT.01', 'lấy từ tệp "a.quytrinh"\nquy trình QT.01');
  await assert.rejects(office.add(whole, { imports }), (e) =>
    e instanceof quytrinh.TextError && e.diagnostics.length > 0 && e.cause === fault);
  const warned = once(process, 'warning');
  assert.equal((await office.check(whole, { imports })).ok, false);
  assert.match(String((await warned)[0]), /imports failed: Error: no disk/);
  await assert.rejects(office.add('x', { imports: () => null }), (e) => !('cause' in e));
}));
