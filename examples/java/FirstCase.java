// SPDX-License-Identifier: BSL-1.0
// A first case from Java, as bindings/java/README.md shows it.

import quytrinh.*;

public class FirstCase {
    public static void main(String[] arguments) {
        try (Office office = Office.open("sqlite:cases.db")) {
            office.onNotification(told -> System.out.println(told.text()));
            Result opened = office.execute(Command.open("QT.HTKH.03").by("ĐVYC/nv01"));
            office.execute(Command.complete(opened.caseId(), "1").by("ĐVYC/nv01").confirmAll());
            for (Task task : office.tasks(TaskFilter.ofUnit("ĐVTH").relation("lead")))
                System.out.println(task.title() + " " + task.due());
        }
    }
}
