/* test_sign_in.c - passwords, signing in, sessions, and what stands in the way of
 * guessing.
 */
#include <fcntl.h>
#include <liboath/oath.h>
#include <sys/wait.h>

#include "newsroom.h"
#include "store/person.h"
#include "store/throttle.h"

static struct newsroom room;

static int
set_up(void **state)
{
    (void)state;
    newsroom_make(&room);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    newsroom_end(&room);
    return 0;
}

static enum rc
find(struct str token, struct session *s)
{
    struct person p;
    return auth_session_find(room.au, token, room.m.now, &room.m.a, s, &p, &room.m.err);
}

/* ---- passwords ---- */

static void
test_what_is_stored_of_a_password(void **state)
{
    struct str hash;
    (void)state;
    OK(&room.m,
       store_person_password(room.st, room.anna.id, &room.m.a, &hash, &room.m.err));
    assert_true(str_starts(hash, STR("$argon2id$v=19$m=65536,t=3,p=1$")));
}

static void
test_which_passwords_are_good(void **state)
{
    static const struct {
        const char *password;
        bool has_factor;
        enum password_fault fault;
    } all[] = {
        {"tvzqkx9wmr4hbd", false, PASSWORD_TOO_SHORT}, /* 14 characters */
        {"tvzqkx9wmr4hbdg", false, PASSWORD_FINE},
        {"tvzqkx9", true, PASSWORD_TOO_SHORT},
        {"tvzqkx9w", true, PASSWORD_FINE},
        {"поезд–тундра ветер", false, PASSWORD_FINE},
        {"🐟🌲🍄🦉🐟🌲 ъ\t'\"<>&%\\", false, PASSWORD_FINE},
        {"жшщыюэфх", true, PASSWORD_FINE}, /* 8 characters in 16 bytes */
        {"passwordpassword", false, PASSWORD_COMMON},
        {"Password123456789", false, PASSWORD_COMMON},
        {"qwertyuiopasdfgh", false, PASSWORD_COMMON},
        {"1234567890123456", false, PASSWORD_COMMON},
        {"aaaaaaaaaaaaaaaaaaaa", false, PASSWORD_COMMON},
        {"boris.lindberg.boris", false, PASSWORD_IS_NAME},
        {"\xff\xfe of no text at all", false, PASSWORD_NOT_TEXT},
    };
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(all); i++) {
        struct person p = {.login = STR("boris"),
                           .name = STR("Boris Lindberg"),
                           .has_second_factor = all[i].has_factor};
        enum password_fault f =
            auth_password_fault(str_of(all[i].password), &p, &room.m.a);
        if (f != all[i].fault)
            fail_msg("%s: %d", all[i].password, f);
    }
    char *most = arena_alloc(&room.m.a, PASSWORD_MAX + 1);
    for (int i = 0; i <= PASSWORD_MAX; i++)
        most[i] = (char)('a' + i * i % 23);
    assert_int_equal(
        auth_password_fault((struct str){most, PASSWORD_MAX + 1}, &room.anna, &room.m.a),
        PASSWORD_TOO_LONG);
}

/* The same letter in two spellings of Unicode, from two keyboards. */
static void
test_a_password_in_another_normal_form(void **state)
{
    struct auth_grant g;
    (void)state;
    newsroom_add(&room, "boris", "caf\u00e9 \u0439 sous la pluie");
    OK(&room.m,
       sign_in(&room, "boris", "cafe\u0301 \u0438\u0306 sous la pluie", "192.0.2.1", &g));
    REFUSED(&room.m, RC_DENIED, "",
            sign_in(&room, "boris", "cafe \u0438 sous la pluie", "192.0.2.1", &g));
}

/* ---- places to compute in ---- */

/* Takes all places, as four other processes would. */
static int
take_places(void)
{
    int fd = open(str_z(&room.m.a, str_fmt(&room.m.a, "%s-slots", room.path)),
                  O_RDWR | O_CLOEXEC);
    struct flock l = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = PASSWORD_SLOTS};
    assert_true(fd >= 0);
    assert_int_equal(fcntl(fd, F_OFD_SETLK, &l), 0);
    return fd;
}

/* How many tries of an account are counted. */
static int64_t
counted(const char *login)
{
    struct throttle t;
    struct str what = str_fmt(&room.m.a, "account:%.*s",
                              STR_ARG(hash_sha256(&room.m.a, str_of(login))));
    OK(&room.m, store_throttle_of(room.st, what, 0, &t, &room.m.err));
    return t.failures;
}

/* In a process of its own, while all places are taken: told to come back, after 2 s. */
static pid_t
start_in_vain(int places, const char *login)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child != 0)
        return child;
    struct auth_grant g;
    int64_t began = time_monotonic_ms();
    close(places); /* they are held as long as one copy of it is open */
    newsroom_open(&room, &room.st, &room.au);
    enum rc rc = sign_in(&room, login, PASSWORD, "192.0.2.1", &g);
    int64_t took = time_monotonic_ms() - began;
    _exit(rc == RC_BUSY && took >= PASSWORD_WAIT_MS && took < 30000 ? 0 : 1);
}

/* Everybody is computed for, nobody and the closed account too; and who was not looked at
 * has not failed. */
static void
test_four_at_once(void **state)
{
    struct person boris = newsroom_add(&room, "boris", PASSWORD);
    struct auth_grant g;
    static const char *const logins[] = {"anna", "nobody", "boris", "no one\xff"};
    pid_t children[N_ELEMENTS(logins)];
    (void)state;
    boris.is_disabled = true;
    OK(&room.m, auth_person_change(room.au, &boris, &room.m.a, &room.m.err));
    int fd = take_places();
    for (size_t i = 0; i < N_ELEMENTS(logins); i++)
        children[i] = start_in_vain(fd, logins[i]);
    struct auth_attempt t = attempt(&room, "anna", PASSWORD, "192.0.2.1");
    REFUSED(&room.m, RC_BUSY, "4 passwords",
            auth_confirm(room.au, &room.anna, &t, &room.m.a, &room.m.err));
    for (size_t i = 0; i < N_ELEMENTS(logins); i++) {
        int status = -1;
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_int_equal(status, 0);
    }
    close(fd);
    assert_int_equal(counted("anna"), 0);
    OK(&room.m, sign_in(&room, "anna", PASSWORD, "192.0.2.1", &g));
}

/* A process of its own signs in and waits for a place; meanwhile the account is closed.
 */
static void
test_what_changed_meanwhile_counts(void **state)
{
    struct person boris = newsroom_add(&room, "boris", PASSWORD);
    int fd = take_places();
    (void)state;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct auth_grant g;
        enum rc rc = RC_BUSY;
        close(fd); /* the places are held as long as one copy of it is open */
        newsroom_open(&room, &room.st, &room.au);
        while (rc == RC_BUSY)
            rc = sign_in(&room, "boris", PASSWORD, "192.0.2.1", &g);
        _exit(rc == RC_DENIED ? 0 : 1);
    }
    while (counted("boris") == 0 && waitpid(child, NULL, WNOHANG) == 0)
        usleep(2000);
    boris.is_disabled = true;
    OK(&room.m, auth_person_change(room.au, &boris, &room.m.a, &room.m.err));
    close(fd);
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

/* ---- sessions ---- */

static void
test_a_session_ends_by_itself(void **state)
{
    struct auth_grant g;
    struct session s;
    (void)state;
    int64_t began = room.m.now;
    OK(&room.m, sign_in(&room, "anna", PASSWORD, "192.0.2.1", &g));
    room.m.now = began + 3599;
    OK(&room.m, find(g.token, &s));
    room.m.now = began + 3600; /* idle */
    REFUSED(&room.m, RC_NOT_FOUND, "no such session", find(g.token, &s));
    for (room.m.now = began; room.m.now < began + 36000 - 1800; room.m.now += 1800) {
        OK(&room.m, find(g.token, &s));
        OK(&room.m, auth_session_seen(room.au, &s, room.m.now, &room.m.err));
    }
    room.m.now = began + 35999;
    OK(&room.m, find(g.token, &s));
    room.m.now = began + 36000; /* however much it is in use */
    REFUSED(&room.m, RC_NOT_FOUND, "no such session", find(g.token, &s));
}

static void
test_what_is_stored_of_a_session(void **state)
{
    struct auth_grant g;
    (void)state;
    OK(&room.m, sign_in(&room, "anna", PASSWORD, "192.0.2.1", &g));
    assert_int_equal(g.token.n, HASH_HEX_SIZE);
    assert_int_equal(g.device.n, HASH_HEX_SIZE);
    const char *const names[] = {"", "-wal"};
    struct str secrets[] = {g.token, g.device, STR(PASSWORD)};
    for (size_t i = 0; i < N_ELEMENTS(names); i++) {
        struct str file;
        OK(&room.m,
           file_read(&room.m.a,
                     str_z(&room.m.a, str_fmt(&room.m.a, "%s%s", room.path, names[i])),
                     16 << 20, &file, &room.m.err));
        for (size_t k = 0; k < N_ELEMENTS(secrets); k++)
            assert_int_equal(str_find_str(file, secrets[k]), file.n);
    }
}

static void
test_what_takes_rights_away_ends_sessions(void **state)
{
    static int64_t news[] = {1};
    struct person boris = newsroom_add(&room, "boris", PASSWORD);
    struct auth_grant g;
    struct session s;
    (void)state;
    boris.role = ROLE_EDITOR;
    for (int change = 0; change < 4; change++) {
        const char *password = change < 3 ? PASSWORD : "another battery of staples";
        OK(&room.m, sign_in(&room, "boris", PASSWORD, "192.0.2.1", &g));
        OK(&room.m, find(g.token, &s));
        boris.sections = news;
        boris.n_sections = change >= 1;
        boris.name = change >= 2 ? STR("Boris L.") : STR("boris");
        OK(&room.m, auth_person_change(room.au, &boris, &room.m.a, &room.m.err));
        if (change == 3)
            OK(&room.m, auth_person_set_password(room.au, boris.id, str_of(password),
                                                 room.m.now, &room.m.a, &room.m.err));
        if (change == 2) /* a name is no right */
            OK(&room.m, find(g.token, &s));
        else
            REFUSED(&room.m, RC_NOT_FOUND, "no such session", find(g.token, &s));
    }
}

static void
test_a_new_token_voids_the_old(void **state)
{
    struct auth_grant g;
    struct session s;
    struct str fresh;
    (void)state;
    OK(&room.m, sign_in(&room, "anna", PASSWORD, "192.0.2.1", &g));
    OK(&room.m,
       auth_session_renew(room.au, g.token, room.m.now, &room.m.a, &fresh, &room.m.err));
    REFUSED(&room.m, RC_NOT_FOUND, "no such session", find(g.token, &s));
    OK(&room.m, find(fresh, &s));
}

/* ---- guessing ---- */

static void
test_an_address_is_stopped_over_many_accounts(void **state)
{
    static const char *const same[] = {"2001:db8:1:2::1", "2001:db8:1:2:ffff::9"};
    struct auth_grant g;
    (void)state;
    for (int i = 0; i < 8; i++)
        REFUSED(&room.m, RC_DENIED, "",
                sign_in(&room, str_z(&room.m.a, str_fmt(&room.m.a, "nobody%d", i)),
                        "wrong", same[i % 2], &g));
    REFUSED(&room.m, RC_LIMIT, "", sign_in(&room, "anna", PASSWORD, same[0], &g));
    assert_true(g.retry_after_s > 0 && g.retry_after_s <= 900);
    OK(&room.m, sign_in(&room, "anna", PASSWORD, "2001:db8:1:3::1", &g));
    room.m.now += 900;
    OK(&room.m, sign_in(&room, "anna", PASSWORD, same[0], &g));
}

/* Neither what others do to the account nor what they do at the address. */
static void
test_the_known_device_is_let_in(void **state)
{
    struct auth_grant g, known;
    (void)state;
    OK(&room.m, sign_in(&room, "anna", PASSWORD, "192.0.2.1", &known));
    for (int i = 0; i < 5; i++)
        REFUSED(&room.m, RC_DENIED, "", sign_in(&room, "anna", "wrong", "192.0.2.1", &g));
    REFUSED(&room.m, RC_LIMIT, "", sign_in(&room, "anna", PASSWORD, "192.0.2.9", &g));
    for (int i = 0; i < 3; i++)
        REFUSED(&room.m, RC_DENIED, "", sign_in(&room, "x", "wrong", "192.0.2.1", &g));
    REFUSED(&room.m, RC_LIMIT, "", sign_in(&room, "x", "wrong", "192.0.2.1", &g));
    struct auth_attempt t = attempt(&room, "anna", PASSWORD, "192.0.2.1");
    t.device = known.device;
    OK(&room.m, auth_sign_in(room.au, &t, &room.m.a, &g, &room.m.err));
    t.login = STR("x"); /* it is anna's, and nobody else's */
    REFUSED(&room.m, RC_LIMIT, "", auth_sign_in(room.au, &t, &room.m.a, &g, &room.m.err));
}

/* A device that was stolen guesses no better than strangers do. */
static void
test_a_known_device_is_counted_for_itself(void **state)
{
    struct auth_grant g, known;
    (void)state;
    OK(&room.m, sign_in(&room, "anna", PASSWORD, "192.0.2.1", &known));
    struct auth_attempt t = attempt(&room, "anna", "wrong", "192.0.2.1");
    t.device = known.device;
    for (int i = 0; i < 5; i++)
        REFUSED(&room.m, RC_DENIED, "",
                auth_sign_in(room.au, &t, &room.m.a, &g, &room.m.err));
    REFUSED(&room.m, RC_LIMIT, "", auth_sign_in(room.au, &t, &room.m.a, &g, &room.m.err));
    OK(&room.m, sign_in(&room, "anna", PASSWORD, "192.0.2.2", &g));
}

/* ---- codes ---- */

/* What the authenticator shows: Base32 is read by the same library that makes the code.
 */
static const char *
code_of(struct str secret, int64_t now)
{
    static char code[8];
    char *key = NULL;
    size_t n = 0;
    assert_int_equal(oath_base32_decode(secret.p, secret.n, &key, &n), 0);
    assert_int_equal(oath_totp_generate(key, n, now, 30, 0, 6, code), 0);
    free(key);
    return code;
}

static void
give_factor(struct str *secret, struct str codes[FACTOR_CODES])
{
    struct str uri;
    OK(&room.m, auth_factor_begin(room.au, &room.anna, STR("Office"), &room.m.a, secret,
                                  &uri, &room.m.err));
    OK(&room.m,
       auth_factor_confirm(room.au, &room.anna, str_of(code_of(*secret, room.m.now)),
                           room.m.now, &room.m.a, codes, &room.m.err));
    room.m.now += 60;
}

static enum rc
second_step(struct str token, const char *code, struct auth_grant *g)
{
    struct auth_attempt t = attempt(&room, "", code, "192.0.2.1");
    return auth_second_factor(room.au, token, &t, &room.m.a, g, &room.m.err);
}

static void
test_a_code_is_good_once(void **state)
{
    struct str secret, codes[FACTOR_CODES];
    struct auth_grant one, two, g;
    (void)state;
    give_factor(&secret, codes);
    OK(&room.m, sign_in(&room, "anna", PASSWORD, "192.0.2.1", &one));
    OK(&room.m, sign_in(&room, "anna", PASSWORD, "192.0.2.1", &two));
    const char *code = str_z(&room.m.a, str_of(code_of(secret, room.m.now)));
    OK(&room.m, second_step(one.token, code, &g));
    REFUSED(&room.m, RC_DENIED, "", second_step(two.token, code, &g));
    code = code_of(secret, room.m.now - 30); /* an earlier one neither */
    REFUSED(&room.m, RC_DENIED, "", second_step(two.token, code, &g));
    REFUSED(&room.m, RC_DENIED, "", second_step(one.token, code, &g)); /* is over */
    OK(&room.m, second_step(two.token, str_z(&room.m.a, codes[0]), &g));
    OK(&room.m, sign_in(&room, "anna", PASSWORD, "192.0.2.1", &one));
    REFUSED(&room.m, RC_DENIED, "",
            second_step(one.token, str_z(&room.m.a, codes[0]), &g));
}

/* The password's step and the code's are counted together; only the whole sign-in
 * forgets. */
static void
test_guessing_codes_is_stopped(void **state)
{
    struct str secret, codes[FACTOR_CODES];
    struct auth_grant half, g;
    (void)state;
    give_factor(&secret, codes);
    OK(&room.m, sign_in(&room, "anna", PASSWORD, "192.0.2.1", &half));
    for (int i = 0; i < 4; i++)
        REFUSED(&room.m, RC_DENIED, "", second_step(half.token, "000000", &g));
    REFUSED(&room.m, RC_LIMIT, "",
            second_step(half.token, code_of(secret, room.m.now), &g));
    REFUSED(&room.m, RC_LIMIT, "", sign_in(&room, "anna", PASSWORD, "192.0.2.7", &half));
}

static void
test_the_second_step_does_not_wait_long(void **state)
{
    struct str secret, codes[FACTOR_CODES];
    struct auth_grant half, g;
    struct session s;
    (void)state;
    give_factor(&secret, codes);
    OK(&room.m, sign_in(&room, "anna", PASSWORD, "192.0.2.1", &half));
    assert_true(half.needs_second_factor);
    REFUSED(&room.m, RC_NOT_FOUND, "no such session", find(half.token, &s));
    room.m.now += 600;
    REFUSED(&room.m, RC_DENIED, "",
            second_step(half.token, code_of(secret, room.m.now), &g));
}

/* What ends a person's sessions ends those that wait, too. */
static void
test_a_new_password_ends_what_waits(void **state)
{
    struct str secret, codes[FACTOR_CODES];
    struct auth_grant half, g;
    (void)state;
    give_factor(&secret, codes);
    OK(&room.m, sign_in(&room, "anna", PASSWORD, "192.0.2.1", &half));
    OK(&room.m,
       auth_person_set_password(room.au, room.anna.id, STR("another battery of staples"),
                                room.m.now, &room.m.a, &room.m.err));
    REFUSED(&room.m, RC_DENIED, "",
            second_step(half.token, code_of(secret, room.m.now), &g));
}

/* Eight characters are enough beside a second factor, and no longer without. */
static void
test_a_short_password_alone_opens_nothing(void **state)
{
    struct str secret, codes[FACTOR_CODES];
    struct auth_grant g;
    (void)state;
    give_factor(&secret, codes);
    OK(&room.m, auth_person_set_password(room.au, room.anna.id, STR("tvzqkx9w"),
                                         room.m.now, &room.m.a, &room.m.err));
    OK(&room.m, auth_factor_reset(room.au, &room.anna, &room.m.err));
    OK(&room.m, sign_in(&room, "anna", "tvzqkx9w", "192.0.2.1", &g));
    struct person p = now_of(&room, &room.anna);
    assert_true(p.must_have_second_factor);
    assert_false(right_is_possible(&p, RIGHT_PEOPLE));
    assert_true(right_is_possible(&p, RIGHT_OWN_ACCOUNT));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_what_is_stored_of_a_password),
        TEST(test_which_passwords_are_good),
        TEST(test_a_password_in_another_normal_form),
        TEST(test_four_at_once),
        TEST(test_what_changed_meanwhile_counts),
        TEST(test_a_session_ends_by_itself),
        TEST(test_what_is_stored_of_a_session),
        TEST(test_what_takes_rights_away_ends_sessions),
        TEST(test_a_new_token_voids_the_old),
        TEST(test_an_address_is_stopped_over_many_accounts),
        TEST(test_the_known_device_is_let_in),
        TEST(test_a_known_device_is_counted_for_itself),
        TEST(test_a_code_is_good_once),
        TEST(test_guessing_codes_is_stopped),
        TEST(test_the_second_step_does_not_wait_long),
        TEST(test_a_new_password_ends_what_waits),
        TEST(test_a_short_password_alone_opens_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
