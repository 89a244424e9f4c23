// SPDX-License-Identifier: BSL-1.0
// A case of QT.HTKH.03 from its request to its report, on a clock that is set by hand.
//
// Usage: java -cp CLASSES Walk.java FILE

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import quytrinh.Actor;
import quytrinh.Command;
import quytrinh.Notification;
import quytrinh.Office;
import quytrinh.TaskFilter;

public class Walk {
    private static final String ASKS = "ĐVYC/nv01";
    private static final String WORKS = "P.HTKH/nv07";
    private static final String LEADS = "LĐTT/gd01";
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("dd/MM/yyyy HH");

    private final Office office;
    private final String of;

    private Walk(Office office) {
        this.office = office;
        of = office.execute(Command.open("QT.HTKH.03").by(ASKS)
                .bind("ĐVTH", Actor.of("P.HTKH")).reference("125/CV")).caseId();
    }

    private static Instant at(String hour) {
        return LocalDateTime.parse(hour, HOUR).toInstant(ZoneOffset.ofHours(7));
    }

    private void act(String when, String what, Command command) {
        office.setClock(at(when));
        office.runDue();
        office.execute(command);
        String open = office.tasks(TaskFilter.ofCase(of).relation("lead")).stream()
                .map(task -> "bước " + task.task() + " ở " + task.unit() + ", hạn "
                        + (task.due().isEmpty() ? "không nêu" : task.due()))
                .collect(Collectors.joining("; "));
        System.out.println(when + "h  " + what + ": " + (open.isEmpty() ? "hồ sơ kết thúc" : open));
    }

    private Command complete(String task, String by) {
        return Command.complete(of, task).by(by);
    }

    private void go() {
        act("11/12/2023 08", "Gửi yêu cầu", complete("1", ASKS).confirmAll()
                .field("Loại yêu cầu", List.of("Truyền thông"))
                .field("Thông tin SPDV", "phần mềm hồ sơ sức khỏe")
                .field("Đầu mối của ĐVYC", "nv01, máy lẻ 12"));
        act("19/12/2023 09", "Tiếp nhận, trễ hạn", complete("2", WORKS).outcome("OK"));
        act("20/12/2023 15", "Lập kế hoạch", complete("3", WORKS)
                .field("Ngày hoàn thành", LocalDate.of(2024, 1, 31)));
        act("28/12/2023 14", "Duyệt", complete("4", LEADS).outcome("OK"));
        act("30/01/2024 16", "Thực hiện", complete("5", WORKS));
        act("01/02/2024 09", "Báo cáo", complete("6", WORKS)
                .field("Kết quả thực hiện", "đã tập huấn 12 đơn vị"));
        act("01/02/2024 09", "Xác nhận", complete("6", ASKS));
    }

    public static void main(String[] arguments) {
        List<Notification> told = new ArrayList<>();
        try (Office office = Office.at("sqlite:" + arguments[0])
                .clock(at("11/12/2023 08")).seed(1).open()) {
            office.onNotification(told::add);
            Walk walk = new Walk(office);
            walk.go();
            office.verify(walk.of);
            System.out.println(told.size() + " thông báo, "
                    + office.history(walk.of).stream().count() + " sự kiện, chuỗi băm đúng");
        }
    }
}
