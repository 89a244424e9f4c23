# SPDX-License-Identifier: BSL-1.0
# A first case from Python, as bindings/python/README.md shows it.

from quytrinh import Office

with Office("sqlite:cases.db") as office:
    office.on_notification(lambda n: print(n.text))
    case = office.open("QT.HTKH.03", by="ĐVYC/nv01")
    office.complete(case, "1", by="ĐVYC/nv01", confirmed=True)
    for task in office.tasks(unit="ĐVTH", relation="lead"):
        print(task.title, task.due)
