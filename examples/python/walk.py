# SPDX-License-Identifier: BSL-1.0
"""A case of QT.HTKH.03 from its request to its report, on a clock that is set by hand.

Usage: walk.py FILE
"""
import sys
from datetime import date, datetime, timedelta, timezone

from quytrinh import Office

HANOI = timezone(timedelta(hours=7))
ASKS, WORKS, LEADS = "ĐVYC/nv01", "P.HTKH/nv07", "LĐTT/gd01"


def main(path: str) -> None:
    told = []
    begin = datetime(2023, 12, 11, 8, tzinfo=HANOI)
    with Office(f"sqlite:{path}", clock=begin, seed=1) as office:
        office.on_notification(told.append)
        case = office.open("QT.HTKH.03", by=ASKS, bind={"ĐVTH": "P.HTKH"}, reference="125/CV")

        def act(when: str, what: str, task: str, by: str, **more) -> None:
            office.set_clock(datetime.strptime(when, "%d/%m/%Y %H").replace(tzinfo=HANOI))
            office.run_due()
            office.complete(case, task, by=by, **more)
            now_open = [f"bước {t.task} ở {t.unit}, hạn {t.due or 'không nêu'}"
                        for t in office.tasks(case=case, relation="lead")]
            print(f"{when}h  {what}: {'; '.join(now_open) or 'hồ sơ kết thúc'}")

        act("11/12/2023 08", "Gửi yêu cầu", "1", ASKS, confirmed=True, fields={
            "Loại yêu cầu": ["Truyền thông"],
            "Thông tin SPDV": "phần mềm hồ sơ sức khỏe",
            "Đầu mối của ĐVYC": "nv01, máy lẻ 12"})
        act("19/12/2023 09", "Tiếp nhận, trễ hạn", "2", WORKS, outcome="OK")
        act("20/12/2023 15", "Lập kế hoạch", "3", WORKS,
            fields={"Ngày hoàn thành": date(2024, 1, 31)})
        act("28/12/2023 14", "Duyệt", "4", LEADS, outcome="OK")
        act("30/01/2024 16", "Thực hiện", "5", WORKS)
        act("01/02/2024 09", "Báo cáo", "6", WORKS,
            fields={"Kết quả thực hiện": "đã tập huấn 12 đơn vị"})
        act("01/02/2024 09", "Xác nhận", "6", ASKS)
        office.verify(case)
        print(f"{len(told)} thông báo, {len(list(office.history(case)))} sự kiện, chuỗi băm đúng")


if __name__ == "__main__":
    main(sys.argv[1])
