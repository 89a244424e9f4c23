// SPDX-License-Identifier: BSL-1.0
// Callers that are wrong, careless or gone: an error of JavaScript, no crash, nothing left behind.
'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { Worker } = require('node:worker_threads');

const { parse, stringify } = require('../lib/json');
const { ME, START, collected, listed, program, quytrinh, withOffice } = require('./support');

const { Code, Office, RequestError, liveHandles, openOffice } = quytrinh;

test('an office that is closed', async () => {
  const office = await openOffice();
  await office.close();
  for (const call of [
    () => office.now(),
    () => office.execute({ command: 'open' }),
    () => office.executeAll([]),
    () => office.query('store'),
    () => listed(office.tasks()),
    () => office.runDue(),
    () => office.pull(),
    () => office.verify('x'),
    () => office.add('x'),
    () => office.setTable('DM', () => true),
    () => office.setClock(START),
  ])
    await assert.rejects(call, { code: Code.INVALID_ARGUMENT }, String(call));
  office.on('notification', () => {});
  await assert.rejects(office.open('QT.HTKH.03', { by: ME }), RequestError);
});

test('wrong types', () => withOffice(async (office) => {
  const id = await office.open('QT.HTKH.03', { by: ME });
  for (const call of [
    () => new Office(),
    () => openOffice(7),
    () => openOffice('memory:', { members: 'x' }),
    () => openOffice('memory:', { words: 'fr' }),
    () => openOffice('memory:', { clock: new Date(NaN) }),
    () => openOffice('memory:', { clock: '2024-01-01' }),
    () => openOffice('memory:', { clock: 5 }),
    () => openOffice('memory:', { limits: () => 1 }),
    () => office.execute(undefined),
    () => office.execute(() => 1),
    () => office.executeAll(7),
    () => office.executeAll(undefined),
    () => office.add(7),
    () => office.add(Buffer.from('x')),
    () => office.check('x', { imports: 'y' }),
    () => office.verify(null),
    () => office.backup({}),
    () => office.setTable('DM', 'x'),
    () => office.draw('QT.HTKH.03', 0),
    () => office.complete(id, '1', { by: ME, fields: 'x' }),
    () => office.complete(id, '1', { by: ME, fields: { x: Infinity } }),
  ])
    await assert.rejects(async () => call(), TypeError, String(call));
  for (const call of [
    () => openOffice('memory:', { clock: START, seed: -1 }),
    () => openOffice('memory:', { clock: START, seed: 2n ** 64n }),
    () => openOffice('memory:', { lockWaitMs: 1.5 }),
    () => openOffice('memory:', { lockWaitMs: 2 ** 32 }),
    () => office.runDue(-1),
    () => office.execute({ command: 'comment', expected_version: 2n ** 60n }),
  ])
    await assert.rejects(call, RangeError, String(call));
  for (const call of [
    () => office.execute(null),
    () => office.execute([]),
    () => office.execute('open'),
    () => office.execute({ command: 'open', by: 5 }),
    () => office.query('nothing'),
    () => office.query('tasks', { limit: 'x' }),
    () => listed(office.tasks({ nobody: 1 })),
    () => office.complete(id, 1, { by: ME }),
    () => office.send('complete', 7, { by: ME, task: '1' }),
    () => openOffice('memory:', { limits: { nothing: 1 } }),
    () => openOffice('memory:', { seed: 1 }),
    () => office.setClock(new Date(0)),
  ])
    await assert.rejects(call, quytrinh.QuytrinhError, String(call));
}));

test('half a character, zeros, and every other text', () => withOffice(async (office) => {
  await assert.rejects(office.add('quy trình \ud800'), { code: Code.INVALID_UTF8 });
  await assert.rejects(openOffice('memory:', { tenant: '\udc00x' }), { code: Code.INVALID_UTF8 });
  await assert.rejects(office.open('\ud800', { by: ME }), RequestError);
  await assert.rejects(office.open('QT.HTKH.03', { by: ME, id: 'x\ud800' }), RequestError);
  await assert.rejects(office.open('a\0b', { by: ME }), quytrinh.QuytrinhError);
  await assert.rejects(openOffice('sqlite:a\0b'), quytrinh.QuytrinhError);
  const id = await office.open('QT.HTKH.03', { by: ME });
  const odd = '“x” \u{1F4C4} \t\n\u2028 e\u0323\u0302 123456789012345678901';
  await office.send('comment', id, { by: ME, task: '1', text: odd });
  const last = (await listed(office.history(id))).at(-1);
  assert.equal(last.body.text.normalize('NFC'), odd.normalize('NFC'));
}));

test('JSON that is huge or deep', () => withOffice(async (office) => {
  const deep = {};
  for (let i = 0, at = deep; i < 1000; ++i) at = at.x = {};
  await assert.rejects(office.execute(deep), { code: Code.BAD_JSON });
  const huge = { command: 'open', procedure: 'x'.repeat(9 << 20), by: ME };
  await assert.rejects(office.execute(huge), { code: Code.LIMIT_EXCEEDED });
  await assert.rejects(office.add('x'.repeat(64 << 20)), quytrinh.QuytrinhError);
  const round = {};
  round.round = round;
  await assert.rejects(office.execute(round), TypeError);
  const many = Array.from({ length: 1001 }, () => ({ command: 'open' }));
  await assert.rejects(office.executeAll(many), { code: Code.LIMIT_EXCEEDED });
}));

test('the deepest text that may be read', async () => {
  // On the stack that koffi has by itself, this ended the process of a library made for debugging.
  const deep = `ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.01 "Sâu"
  cách tính giờ hành chính
  các bước theo thứ tự
  không nêu hồ sơ lưu
vai trò MC "Một cửa"
biểu mẫu BM.01 "Phiếu"
  thông tin "Nhanh" là có hoặc không
bước 1 "Tiếp nhận"
  chủ trì MC
  lập BM.01
  thời hạn không nêu
  nếu ${'('.repeat(256)}"Nhanh" là có${')'.repeat(256)} → kết thúc
  còn lại → kết thúc
`;
  const limits = { nesting: 256, tokens_per_line: 20_000 };
  await withOffice(async (office) => {
    assert.equal((await office.add(deep)).code, 'QT.01');
    const id = await office.open('QT.01', { by: 'MC/a' });
    const fields = { Nhanh: true };
    assert.equal((await office.complete(id, '1', { by: 'MC/a', fields })).ended, true);
  }, { limits });
  await withOffice((office) => assert.rejects(office.add(deep), quytrinh.TextError));
});

test('koffi in other hands', async () => {
  const other = 'const koffi = require("koffi"); koffi.config(SIZES); koffi.load(null);' +
    'require("quytrinh"); console.log("loaded")';
  const stack = 8 << 20;
  const few = await program(['-e', other.replace('SIZES', '{}')], { cwd: __dirname });
  assert.equal(few.code, 1);
  assert.match(few.stderr, /quytrinh: require it before koffi loads another library/);
  const sizes = `{ sync_stack_size: ${stack}, async_stack_size: ${stack} }`;
  const enough = await program(['-e', other.replace('SIZES', sizes)], { cwd: __dirname });
  assert.deepEqual(enough, { code: 0, signal: null, stdout: 'loaded\n', stderr: '' });
});

test('whole numbers are never rounded', () => {
  const text = '{"fence":18446744073709551615,"n":9007199254740991,"m":-9007199254740993,' +
    '"s":"18446744073709551615","q":"\\":18446744073709551615,","f":0.12345678901234567890}';
  assert.deepEqual(parse(text), {
    fence: 18446744073709551615n,
    n: 9007199254740991,
    m: -9007199254740993n,
    s: '18446744073709551615',
    q: '":18446744073709551615,',
    f: 0.12345678901234568,
  });
  assert.equal(stringify({ a: 5n, b: [1n] }), '{"a":5,"b":[1]}');
  assert.throws(() => stringify({ a: 2n ** 53n }), RangeError);
});

test('a listener that throws is told again', () => withOffice(async (office) => {
  const attempts = [];
  const thrown = [];
  const fault = new Error('not now');
  office.on('listenerError', (e) => thrown.push(e));
  office.on('notification', (n) => {
    attempts.push(n.attempt);
    if (attempts.length === 1) throw fault;
  });
  await office.open('QT.HTKH.03', { by: ME });
  await office.setClock('2023-12-11T09:00:00+07:00');
  await office.runDue();
  assert.ok(attempts.includes(2));
  assert.deepEqual(thrown, [fault]);
  assert.equal((await office.query('outbox')).pending, 0);
}));

test('a listener that throws with nobody to be told is a warning', async () => {
  const code = `const { openOffice } = require('quytrinh');
    (async () => {
      const office = await openOffice();
      office.on('notification', () => { throw new Error('not now'); });
      await office.open('QT.HTKH.03', { by: '${ME}' });
      await office.close();
    })();`;
  const ran = await program(['-e', code], { cwd: __dirname });
  assert.equal(ran.code, 0, ran.stderr);
  assert.match(ran.stderr, /QuytrinhWarning: a listener failed: Error: not now/);
});

test('a listener calls, opens more, removes itself and closes', async () => {
  const office = await openOffice('memory:', { clock: START, seed: 1 });
  const begun = [];
  let opened = 0;
  office.on('notification', function again(n) {
    begun.push(office.case(n.case));
    // Each is told of the next: a chain, not a stack that grows.
    if (opened < 300) begun.push(office.open('QT.HTKH.03', { by: ME, id: String(opened++) }));
    else office.off('notification', again);
  });
  await office.open('QT.HTKH.03', { by: ME });
  while (begun.length > 0) await begun.shift();
  assert.equal(opened, 300);
  assert.equal(office.listenerCount('notification'), 0);
  office.once('notification', () => begun.push(office.close()));
  await office.open('QT.HTKH.03', { by: ME });
  await begun.shift();
  await assert.rejects(office.now(), RequestError);
});

test('many calls at once, with a listener', () => withOffice(async (office) => {
  const told = new Set();
  office.on('notification', (n) => told.add(n.key));
  const work = [];
  for (let i = 0; i < 500; ++i) {
    work.push(office.open('QT.HTKH.03', { by: ME, id: String(i) }));
    if (i % 50 === 0) work.push(office.runDue(), office.query('store'), office.procedures());
  }
  const all = await Promise.all(work);
  assert.equal(new Set(all.filter((one) => typeof one === 'string')).size, 500);
  while ((await office.runDue()).more);
  assert.equal(told.size, 1000);
}));

test('an office that is forgotten goes with its last reference', async () => {
  const before = liveHandles();
  await (async () => {
    const office = await openOffice('memory:', { members: () => [office.constructor.name] });
    office.on('notification', () => office.now());
    await office.setTable('DM', () => office.closed);
    await office.open('QT.HTKH.03', { by: ME }).catch(() => {});
  })();
  assert.equal(liveHandles(), before + 1);
  assert.ok(await collected(() => liveHandles() === before));
});

test('threads have offices of their own', async () => {
  const code = `const { parentPort, workerData } = require('node:worker_threads');
    const { openOffice } = require('quytrinh');
    (async () => {
      const office = await openOffice('memory:', { members: () => ['ĐVYC'] });
      let told = 0;
      office.on('notification', () => (told += 1));
      for (let i = 0; i < 20; ++i) await office.open('QT.HTKH.03', { by: 'ĐVYC/nv01' });
      await office.check('x', { imports: () => null });
      if (workerData.close) await office.close();
      parentPort.postMessage(told);
    })();`;
  const one = (workerData) => new Promise((resolve, reject) => {
    let told;
    new Worker(code, { eval: true, workerData })
      .on('message', (n) => (told = n))
      .on('error', reject)
      .on('exit', () => resolve(told));
  });
  for (let i = 0; i < 5; ++i) {
    const all = await Promise.all([1, 2, 3].map((n) => one({ close: n === 1 })));
    assert.deepEqual(all, [40, 40, 40]);
  }
  assert.equal(liveHandles(), 0, 'a thread that ends lets its offices go');
});

test('a thread may be ended amid calls', async () => {
  const code = `const { once } = require('node:events');
    const { Worker } = require('node:worker_threads');
    const thread = \`const { parentPort } = require('node:worker_threads');
      const { openOffice } = require('quytrinh');
      (async () => {
        const office = await openOffice();
        office.on('notification', () => {});
        for (let i = 0; i < 50; ++i) {
          office.query('store');
          office.open('QT.HTKH.03', { by: '${ME}' }).catch(() => {});
        }
        await office.open('QT.HTKH.03', { by: '${ME}' });
        parentPort.postMessage('begun');
        setImmediate(() => process.exit());
      })();\`;
    (async () => {
      for (let i = 0; i < 20; ++i) {
        const worker = new Worker(thread, { eval: true });
        const ended = once(worker, 'exit');
        await once(worker, 'message');
        if (i % 2) await worker.terminate();
        await ended;
      }
      console.log('done');
    })();`;
  const ran = await program(['-e', code], { cwd: __dirname });
  assert.deepEqual(ran, { code: 0, signal: null, stdout: 'done\n', stderr: '' });
});

const UNFINISHED = `const { openOffice } = require('quytrinh');
  (async () => {
    const office = await openOffice(process.argv[1] ?? 'memory:');
    office.on('notification', () => {});
    await office.open('QT.HTKH.03', { by: '${ME}' });
    console.log('opened');
    WHAT
  })();`;

for (const [how, what] of Object.entries({
  'by itself': '',
  'by exit': 'process.exit(0);',
  'by a listener': `office.on('notification', () => process.exit(0));
    await office.open('QT.HTKH.03', { by: '${ME}' });`,
  'by a listener, off the event loop': `office.on('notification', () => process.exit(0));
    await office.executeAll([{ command: 'open', procedure: 'QT.HTKH.03', by: '${ME}' }]);`,
  'amid calls': 'for (let i = 0; i < 200; ++i) office.check("x".repeat(1e5)); process.exit(0);',
  'while somebody is to be told': `for (let i = 0; i < 50; ++i) {
      office.query('store');
      office.open('QT.HTKH.03', { by: '${ME}' });
    }
    process.on('exit', () => console.log('last'));
    setImmediate(() => process.exit(5));`,
  'amid telling, by a fault': `for (let i = 0; i < 50; ++i) {
      office.query('store');
      office.open('QT.HTKH.03', { by: '${ME}' });
    }
    setImmediate(() => { throw new Error('my own'); });`,
}))
  test(`a program may end with an office open: ${how}`, async () => {
    const ran = await program(['-e', UNFINISHED.replace('WHAT', what)], { cwd: __dirname });
    const { code, stdout, stderr } = ran;
    const fault = how.includes('fault');
    const told = how.includes('while');
    assert.equal(code, fault ? 1 : told ? 5 : 0, stderr);
    assert.equal(stdout, told ? 'opened\nlast\n' : 'opened\n');
    if (fault) assert.match(stderr, /Error: my own/);
    else assert.equal(stderr, '');
  });
