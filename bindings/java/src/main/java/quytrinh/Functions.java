// SPDX-License-Identifier: BSL-1.0
// Made by bindings/generate.py of the C headers; do not edit.

package quytrinh;

/** The functions of the native library; {@link Native} reads them in. */
final class Functions {
    static native int quytrinh_abi_version();

    static native long quytrinh_version();

    static native int quytrinh_release(long handle);

    static native int quytrinh_live_handles(long count);

    static native int quytrinh_text_get(long text, long data, long size);

    static native int quytrinh_error_message(long error, int words, long message);

    static native int quytrinh_error_json(long error, int words, long json);

    static native int quytrinh_open(byte[] uri, long uri_size, long options, long error,
            long office);

    static native int quytrinh_now(long office, long error, long now_us);

    static native int quytrinh_set_clock(long office, long to_us, long error);

    static native int quytrinh_backup(long office, byte[] path, long path_size, long error);

    static native int quytrinh_check_store(long office, long error);

    static native int quytrinh_add(long office, byte[] name, long name_size, byte[] text,
            long text_size, long imports, long import_user, int words, long error, long json);

    static native int quytrinh_check(long office, byte[] name, long name_size, byte[] text,
            long text_size, long imports, long import_user, int words, long error, long json);

    static native int quytrinh_rewrite(long office, byte[] name, long name_size, byte[] text,
            long text_size, long imports, long import_user, byte[] request, long request_size,
            int words, long error, long json);

    static native int quytrinh_test(long office, byte[] name, long name_size, byte[] text,
            long text_size, long imports, long import_user, byte[] request, long request_size,
            long progress, long progress_user, int words, long error, long json);

    static native int quytrinh_ask(long office, byte[] request, long request_size, int words,
            long error, long json);

    static native int quytrinh_draw(long office, byte[] code, long code_size, int kind,
            int words, long error, long drawing);

    static native int quytrinh_add_calendars(long office, byte[] name, long name_size,
            byte[] text, long text_size, long error, long json);

    static native int quytrinh_default_calendar(long office, byte[] code, long code_size,
            long error);

    static native int quytrinh_switch_calendar(long office, byte[] code, long code_size,
            byte[] name, long name_size, int on, long error);

    static native int quytrinh_set_table(long office, byte[] code, long code_size, long has_row,
            long user, long destroy, long error);

    static native int quytrinh_due(long office, byte[] request, long request_size, int words,
            long error, long json);

    static native int quytrinh_execute(long office, byte[] command, long command_size,
            long error, long json);

    static native int quytrinh_execute_all(long office, byte[] commands, long commands_size,
            int words, long error, long json);

    static native int quytrinh_query(long office, byte[] request, long request_size, int words,
            long error, long json);

    static native int quytrinh_verify(long office, byte[] case_id, long case_id_size,
            long error);

    static native int quytrinh_run_due(long office, int batch, int words, long error,
            long json);

    static native int quytrinh_on_notification(long office, long tell, long user, long destroy,
            int words, long error);

    static native int quytrinh_take(long office, int limit, int lease_ms, int words, long error,
            long json);

    static native int quytrinh_settle(long office, byte[] request, long request_size,
            long error, long json);

    static native int quytrinh_pull(long office, int batch, int words, long error, long json);

    static native int quytrinh_offer_again(long office, byte[] key, long key_size, long error,
            long count);

    static native int quytrinh_pass_to(long office, long to_us, int words, long error,
            long json);

    static native int quytrinh_reply_text(long reply, byte[] text, long text_size);

    static native int quytrinh_reply_member(long reply, byte[] unit, long unit_size, int head,
            long unit_version);

    private Functions() {}
}
