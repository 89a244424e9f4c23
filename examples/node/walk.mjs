// SPDX-License-Identifier: BSL-1.0
// A case of QT.HTKH.03 from its request to its report, on a clock that is set by hand.
//
// Usage: walk.mjs FILE
import { openOffice } from 'quytrinh';

const ASKS = 'ĐVYC/nv01';
const WORKS = 'P.HTKH/nv07';
const LEADS = 'LĐTT/gd01';

async function main(file) {
  const clock = '2023-12-11T08:00:00+07:00';
  const office = await openOffice(`sqlite:${file}`, { clock, seed: 1 });
  try {
    await walk(office);
  } finally {
    await office.close();
  }
}

async function walk(office) {
  let told = 0;
  office.on('notification', () => (told += 1));
  const id = await office.open('QT.HTKH.03', {
    by: ASKS,
    bind: { ĐVTH: 'P.HTKH' },
    reference: '125/CV',
  });

  async function act(when, what, task, by, more = {}) {
    const [, day, month, year, hour] = /(\d+)\/(\d+)\/(\d+) (\d+)/.exec(when);
    await office.setClock(`${year}-${month}-${day}T${hour}:00:00+07:00`);
    await office.runDue();
    await office.complete(id, task, { by, ...more });
    const open = [];
    for await (const t of office.tasks({ case: id, relation: 'lead' }))
      open.push(`bước ${t.task} ở ${t.unit}, hạn ${t.due || 'không nêu'}`);
    console.log(`${when}h  ${what}: ${open.join('; ') || 'hồ sơ kết thúc'}`);
  }

  await act('11/12/2023 08', 'Gửi yêu cầu', '1', ASKS, {
    confirmed: true,
    fields: {
      'Loại yêu cầu': ['Truyền thông'],
      'Thông tin SPDV': 'phần mềm hồ sơ sức khỏe',
      'Đầu mối của ĐVYC': 'nv01, máy lẻ 12',
    },
  });
  await act('19/12/2023 09', 'Tiếp nhận, trễ hạn', '2', WORKS, { outcome: 'OK' });
  await act('20/12/2023 15', 'Lập kế hoạch', '3', WORKS, {
    fields: { 'Ngày hoàn thành': '2024-01-31' },
  });
  await act('28/12/2023 14', 'Duyệt', '4', LEADS, { outcome: 'OK' });
  await act('30/01/2024 16', 'Thực hiện', '5', WORKS);
  await act('01/02/2024 09', 'Báo cáo', '6', WORKS, {
    fields: { 'Kết quả thực hiện': 'đã tập huấn 12 đơn vị' },
  });
  await act('01/02/2024 09', 'Xác nhận', '6', ASKS);
  await office.verify(id);
  let facts = 0;
  for await (const _event of office.history(id)) facts += 1;
  console.log(`${told} thông báo, ${facts} sự kiện, chuỗi băm đúng`);
}

await main(process.argv[2]);
