// SPDX-License-Identifier: BSL-1.0
// What the tests share: the package by its own name, a trial office, no handle left at the end.
'use strict';

const assert = require('node:assert/strict');
const { spawn } = require('node:child_process');
const path = require('node:path');
const { after } = require('node:test');
const v8 = require('node:v8');
const vm = require('node:vm');
const { setImmediate: turn } = require('node:timers/promises');

const quytrinh = require('quytrinh');

v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc');

const ROOT = path.resolve(__dirname, '..', '..', '..');
const START = '2023-12-11T08:00:00+07:00';
const ME = 'ĐVYC/nv01';

const OWN = `ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.01 "Cấp giấy"
  cách tính giờ hành chính
  các bước theo thứ tự
  không nêu hồ sơ lưu
vai trò MC "Một cửa"
biểu mẫu BM.01 "Phiếu"
  thông tin "Số bản" là số
  thông tin "Ngày hẹn" là ngày
  thông tin "Nhanh" là có hoặc không
bước 1 "Tiếp nhận"
  chủ trì MC
  lập BM.01
  thời hạn không nêu
bước 2 "Trả"
  chủ trì MC
  dùng BM.01
  thời hạn không nêu
`;

/** An office whose time is set by hand, closed after `work`. */
async function withOffice(work, options = {}, uri = 'memory:') {
  const office = await quytrinh.openOffice(uri, { clock: START, seed: 7, ...options });
  try {
    return await work(office);
  } finally {
    await office.close();
  }
}

async function listed(pages) {
  const rows = [];
  for await (const row of pages) rows.push(row);
  return rows;
}

/** Lets what nobody has any more be finalized. */
async function collected(until) {
  for (let i = 0; i < 200 && !until(); ++i) {
    collect();
    await turn();
  }
  return until();
}

/** A program of its own; what it printed and how it ended. */
function program(given, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, given, { ...options, timeout: 60_000 });
    const out = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'])
      child[name].setEncoding('utf8').on('data', (data) => (out[name] += data));
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ ...out, code, signal }));
  });
}

after(async () => {
  await collected(() => quytrinh.liveHandles() === 0);
  assert.equal(quytrinh.liveHandles(), 0, 'handles are left');
});

module.exports = {
  ME,
  OWN,
  ROOT,
  START,
  collect,
  collected,
  listed,
  program,
  quytrinh,
  withOffice,
};
