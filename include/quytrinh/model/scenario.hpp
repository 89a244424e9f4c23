// SPDX-License-Identifier: BSL-1.0
// quytrinh/model/scenario.hpp: a test of a procedure as its author wrote it: what is given, what
// happens, what must be seen. Plain values; nothing here runs.
#pragma once

#include <quytrinh/base/config.hpp>
#include <quytrinh/base/source.hpp>
#include <quytrinh/time/due.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace quytrinh {

/// One thing that a line says. Compared without its place.
struct scenario_value {
    enum class kind : std::uint8_t {
        none,    ///< nothing is written
        text,    ///< `"…"`
        code,    ///< `P.HTKH`
        step,    ///< `2`, `6a`
        number,  ///< `2,5`: `text` with a comma
        date,    ///< `text` is "11/12/2023"
        moment,  ///< `text` is "11/12/2023 08:00"
        yes,
        no,
        ok,
        nok,
        not_stated,   ///< `không nêu`, of a limit
        immediately,  ///< `ngay lập tức`, of a limit
        column,       ///< `theo cột "Hạn"`: `text` is the name of the column
    };
    kind what = kind::none;
    std::string text;
    place where;

    [[nodiscard]] bool written() const noexcept { return what != kind::none; }
    QUYTRINH_DECL friend bool operator==(const scenario_value& a, const scenario_value& b);
};

/// `ĐVTH "nv07"`: a party of the text or a unit, and perhaps one person of it.
struct scenario_person {
    scenario_value unit;  ///< a code, or a column
    std::string person;
    friend bool operator==(const scenario_person&, const scenario_person&) = default;
};

/// `"Gấp" là có trong XYK`. One item for most fields; several for a field of several choices; rows
/// for a list.
struct scenario_field {
    std::string field, form;
    std::vector<scenario_value> items;
    std::vector<std::vector<scenario_value>> rows;
    place where, form_where;
    QUYTRINH_DECL friend bool operator==(const scenario_field& a, const scenario_field& b);
};

/// `giả sử …`: what holds before anything happens.
struct scenario_given {
    enum class kind : std::uint8_t {
        time,     ///< `giả sử thời điểm 11/12/2023 08:00`: `what`
        binding,  ///< `giả sử ĐVTH là P.HTKH`: `subject` is the party, `who` stands behind it
        calendar,   ///< `giả sử theo lịch HC.VN`: `subject`
        reference,  ///< `giả sử số hồ sơ "15/HTKH"`: `what`
        row,  ///< `giả sử PQ có ("nv01", "Dịch vụ A")`: `subject` is the table, `cells`
    };
    kind kind_of = kind::time;
    std::string subject;
    scenario_value what;
    scenario_person who;
    std::vector<scenario_value> cells;
    place subject_where;
    QUYTRINH_DECL friend bool operator==(const scenario_given& a, const scenario_given& b);
};

/// `khi …`: time passes, somebody acts, or both.
struct scenario_act {
    enum class kind : std::uint8_t {
        wait,      ///< only time passes
        open,      ///< `mở hồ sơ [tại bước 5.7b]`
        complete,  ///< `xong bước 2`, `chọn NOK ở bước 2`: `outcome` where one is named
        record,    ///< `đã lưu HS.01 [gồm KHTH, BCKQ] [, đến hết ngày 31/12/2026]`
        receive,   ///< `xác nhận đã nhận bước 2`
        claim,     ///< `nhận việc bước 2`
        release,   ///< `trả việc bước 2`
        assign,    ///< `giao bước 2 cho ĐVTH "nv07"`
        reassign,  ///< `giao lại bước 2 cho ĐVTH "nv08" vì "…"`
        opine,     ///< `có ý kiến ở bước 2 "…"`
        consult,   ///< `hỏi 6a "…"`: `step` is the consultation
        answer,    ///< `trả lời 6a "…"`
        attach,    ///< `đính kèm "…" [ở bước 2]`
        withdraw,  ///< `rút hồ sơ`
        cancel,    ///< `hủy hồ sơ`
        signal,    ///< `ghi nhận sự kiện "…"`
        say_late,  ///< `ghi nhận quá hạn câu hỏi 6a`, of what is due at once: nobody acts
        turn_to,   ///< `sang hồ sơ QT.CTCL.B`: the lines below speak of that case
    };
    kind kind_of = kind::wait;
    /// `2 ngày sau`, before the act.
    std::optional<amount> later;
    /// `đến 20/03/2023 08:00`, before the act.
    scenario_value until;
    scenario_person who;
    scenario_value step;       ///< or the consultation
    scenario_value round;      ///< `vòng 2`: of a step or question that is open several times
    scenario_value outcome;    ///< OK, NOK, a name; for `answer` what is answered
    scenario_value because;    ///< `vì "…"`
    scenario_value text;       ///< of a question, opinion, event or file
    bool of_question = false;  ///< `say_late`: `step` is a consultation
    std::string case_of;       ///< `turn_to`: the code of the procedure
    scenario_person to;        ///< of `assign` and `reassign`
    std::vector<scenario_field> fields;
    /// Everything that has to be confirmed is, unless it stands here; `nothing_ticked` is the bare
    /// `không đánh dấu`.
    std::vector<std::string> unticked;
    bool nothing_ticked = false;
    std::vector<std::pair<std::string, scenario_person>> assigned;  ///< `phân công NTH là P.A "x"`
    /// `đính kèm "biên bản.pdf" cho "Đã được phê duyệt"`: file, condition.
    std::vector<std::pair<std::string, std::string>> files;
    std::string channel;             ///< `hình thức "email"`
    std::vector<std::string> opens;  ///< `mở quy trình QT.CTCL.B`
    std::string lead;                ///< `chuyển cho MCX`
    place act_where;
    QUYTRINH_DECL friend bool operator==(const scenario_act& a, const scenario_act& b);
};

/// `thì …`: what must be seen now.
struct scenario_expectation {
    enum class kind : std::uint8_t {
        task,  ///< `bước 2 [ở ĐVTH] [, đến hạn 14/12/2023] [, vòng 2] [, quá hạn]`: it is open
        question,  ///< `câu hỏi 6a [ở LĐTT] [, đến hạn …]`: it is open
        done,      ///< `bước 2 đã xong [NOK] [, trễ hạn]`: its latest round is
        answered,  ///< `câu hỏi 6a đã trả lời ["Đồng ý"]`
        not_open,  ///< `bước 4 chưa mở`: no task of it is open
        standing,  ///< `đang ở bước 1, bước 3 [, vòng 2]`: exactly these are open
        told,      ///< `ĐVYC được báo [về bước 2]`, since the last `khi`
        not_told,  ///< `ĐVYC không được báo [về bước 2]`
        may,  ///< `LĐTT có thể chọn OK ở bước 4`, `… có thể ghi "Gấp" ở bước 5`: `act`
        may_not,  ///< `LĐTT không thể chọn OK ở bước 4`: `act`
        field,  ///< `"Gấp" là có [trong XYK] [ở câu hỏi 6a [, vòng 2]]`; `đã có`, `chưa có`
        record,        ///< `đã lưu HS.01 [, đến hết ngày 31/12/2026]`
        not_kept,      ///< `chưa lưu HS.01`
        approved,      ///< `KHTH đã được duyệt`: the form of this code, as it stands
        not_approved,  ///< `KHTH chưa được duyệt`
        ended,         ///< `hồ sơ kết thúc ["Không cần thiết"]`
        open,          ///< `hồ sơ còn mở [, đến hạn 31/12/2023]`
        withdrawn,     ///< `hồ sơ đã rút`
        cancelled,     ///< `hồ sơ đã hủy`
        case_late,     ///< `hồ sơ quá hạn`
        new_case,      ///< `có hồ sơ mới QT.CTCL.B [tại bước 5.7b]`
        no_new_case,   ///< `không có hồ sơ mới QT.CTCL.B`, since the last `khi`
        refused,       ///< `bị từ chối [vì "…"]`: what was just done
    };
    /// Of `told` and `not_told`: what about.
    enum class about : std::uint8_t { anything, task, question, overdue, end };
    /// Of `field`: whether it must hold a value, be filled or be empty.
    enum class filling : std::uint8_t { value, filled, empty };

    kind kind_of = kind::task;
    std::vector<scenario_value> steps;  ///< or the consultation
    scenario_person who;
    scenario_value due;
    scenario_value round;
    scenario_value outcome;  ///< of `done` and `answered`; the kind of an end; why of `refused`
    bool overdue = false;    ///< `quá hạn`; of `done`: `trễ hạn`
    bool in_time = false;    ///< `chưa quá hạn`; of `done`: `đúng hạn`
    about of = about::anything;
    filling how = filling::value;
    scenario_field field;
    std::string code;                 ///< of a record or a procedure
    bool code_quoted = false;         ///< of `record`: a paper without a code, in quotes
    bool forever = false;             ///< of `record`: `vĩnh viễn`
    std::vector<std::string> papers;  ///< of `record`: the forms in it, when they are named
    bool last_day_unknown = false;    ///< of `record`: `chưa biết đến bao giờ`
    std::string channel;              ///< of `task` and `done`: `hình thức "email"`
    scenario_act act;                 ///< of `may` and `may_not`
    place code_where;
    place due_where;  ///< the words that `--update` may replace
    QUYTRINH_DECL friend bool operator==(const scenario_expectation& a,
                                         const scenario_expectation& b);
};

/// One line. `also`: it is written with `và` and has the kind of the line before.
struct scenario_line {
    std::variant<scenario_given, scenario_act, scenario_expectation> what;
    bool also = false;
    place where;
    QUYTRINH_DECL friend bool operator==(const scenario_line& a, const scenario_line& b);
};

/// `bảng "Ngày gửi", "Hạn"` and its `dòng`: the scenario runs once a row.
struct scenario_table {
    std::vector<std::string> columns;
    struct row {
        std::vector<scenario_value> cells;
        place where;
        QUYTRINH_DECL friend bool operator==(const row& a, const row& b);
    };
    std::vector<row> rows;
    place where;
    QUYTRINH_DECL friend bool operator==(const scenario_table& a, const scenario_table& b);
};

/// One scenario. Equal when it says the same; places are not compared.
struct scenario {
    std::string title;
    /// The code of `cho quy trình QT.X`; empty: the procedure of its own file.
    std::string procedure;
    std::string doc;  ///< the `##` lines above
    scenario_table table;
    std::vector<scenario_line> lines;
    place where;
    place procedure_where;
    /// Of its own lines. It is not to be run then: lines that could not be read are missing.
    std::uint32_t errors = 0;
    QUYTRINH_DECL friend bool operator==(const scenario& a, const scenario& b);
};

/// The scenarios of one file, in the order of the text.
struct scenario_list {
    std::vector<scenario> items;
};

}  // namespace quytrinh
