/* test_passkey.c - passkeys of people: added, used, used again, taken away. */
#include "device.h"
#include "newsroom.h"

#define TOKEN STR("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")
#define OTHER STR("ffffffffffffffff0123456789abcdef0123456789abcdef0123456789abcdef")

static struct newsroom room;
static struct device phone;

static int
set_up(void **state)
{
    (void)state;
    newsroom_make(&room);
    phone = device_new(&room.m.a, ES256, "id of the phone.");
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    device_end(&phone);
    newsroom_end(&room);
    return 0;
}

static struct passkey_challenge
challenge(struct str token, enum passkey_use use)
{
    struct passkey_challenge c;
    OK(&room.m, auth_passkey_challenge(room.au, token, use, room.m.now, &room.m.a, &c,
                                       &room.m.err));
    SAME(c.party, "news.example");
    return c;
}

static struct passkey_answer
made_by(struct device *d, const struct passkey_challenge *c)
{
    struct arena *a = &room.m.a;
    return (struct passkey_answer){
        .ticket = c->ticket,
        .client_data = base64(a, device_client(d, "webauthn.create", c->value)),
        .auth_data = base64(a, device_data(d, true)),
        .transports = STR("internal,hybrid"),
        .name = STR("Phone")};
}

static enum rc
add(const struct person *p, struct device *d, struct str token, bool *has_codes)
{
    struct passkey_challenge c = challenge(token, PASSKEY_CREATE);
    struct passkey_answer w = made_by(d, &c);
    struct str codes[FACTOR_CODES];
    return auth_passkey_add(room.au, p, token, &w, room.m.now, &room.m.a, codes,
                            has_codes, &room.m.err);
}

static void
added(const struct person *p, struct device *d)
{
    bool has_codes = false;
    OK(&room.m, add(p, d, TOKEN, &has_codes));
}

/* What the device says to a challenge, of a person (NULL: it does not say whose). */
static struct passkey_answer
said_by(struct device *d, const struct passkey_challenge *c, const struct person *p)
{
    struct arena *a = &room.m.a;
    struct str client = device_client(d, "webauthn.get", c->value);
    struct str data = device_data(d, false), user = STR("");
    if (p != NULL) {
        OK(&room.m, auth_passkey_user(room.au, p->id, a, &user, &room.m.err));
        user = base64(a, user);
    }
    return (struct passkey_answer){.ticket = c->ticket,
                                   .client_data = base64(a, client),
                                   .auth_data = base64(a, data),
                                   .credential = base64(a, (struct str){d->id, 16}),
                                   .signature = base64(a, device_sign(d, data, client)),
                                   .user = user};
}

static enum rc
answer(struct str token, const struct passkey_answer *w, struct auth_grant *g)
{
    struct auth_attempt t = attempt(&room, "", "", "192.0.2.1");
    return auth_passkey_sign_in(room.au, token, w, &t, &room.m.a, g, &room.m.err);
}

/* Answers a new challenge. */
static enum rc
use(struct device *d, const struct person *p, struct str token, struct auth_grant *g)
{
    struct passkey_challenge c = challenge(token, PASSKEY_GET);
    struct passkey_answer w = said_by(d, &c, p);
    return answer(token, &w, g);
}

static void
test_the_first_brings_recovery_codes(void **state)
{
    struct device second = device_new(&room.m.a, EDDSA, "the second's id.");
    bool has_codes = false;
    int n = 0;
    (void)state;
    assert_false(now_of(&room, &room.anna).has_second_factor);
    OK(&room.m, add(&room.anna, &phone, TOKEN, &has_codes));
    assert_true(has_codes);
    OK(&room.m, add(&room.anna, &second, TOKEN, &has_codes));
    assert_false(has_codes);
    struct person p = now_of(&room, &room.anna);
    assert_true(p.has_second_factor && p.has_passkey && !p.has_authenticator);
    OK(&room.m, auth_factor_codes_left(room.au, p.id, &n, &room.m.err));
    assert_int_equal(n, FACTOR_CODES);
    assert_int_equal(auth_password_fault(STR("tvzqkx9w"), &p, &room.m.a), PASSWORD_FINE);
    REFUSED(&room.m, RC_CONFLICT, "", add(&room.anna, &phone, TOKEN, &has_codes));
    device_end(&second);
}

static void
test_it_signs_in_alone(void **state)
{
    struct auth_grant g;
    struct session s;
    struct person p;
    (void)state;
    added(&room.anna, &phone);
    phone.count = 2;
    OK(&room.m, use(&phone, &room.anna, TOKEN, &g));
    assert_false(g.needs_second_factor);
    assert_int_equal(g.device.n, HASH_HEX_SIZE);
    OK(&room.m,
       auth_session_find(room.au, g.token, room.m.now, &room.m.a, &s, &p, &room.m.err));
    assert_int_equal(p.id, room.anna.id);
}

static void
test_alone_it_must_say_whose_it_is_and_verify(void **state)
{
    struct person boris = newsroom_add(&room, "boris", PASSWORD);
    struct auth_grant g;
    (void)state;
    added(&room.anna, &phone);
    phone.count = 2;
    REFUSED(&room.m, RC_DENIED, "person it names", use(&phone, NULL, TOKEN, &g));
    REFUSED(&room.m, RC_DENIED, "person it names", use(&phone, &boris, TOKEN, &g));
    phone.flags = PRESENT;
    REFUSED(&room.m, RC_DENIED, "not signed", use(&phone, &room.anna, TOKEN, &g));
    phone.flags = PRESENT | VERIFIED;
    OK(&room.m, use(&phone, &room.anna, TOKEN, &g));
}

static void
test_a_challenge_is_answered_once(void **state)
{
    struct auth_grant g;
    (void)state;
    added(&room.anna, &phone);
    struct passkey_challenge c = challenge(TOKEN, PASSKEY_GET);
    phone.count = 2;
    struct passkey_answer w = said_by(&phone, &c, &room.anna);
    OK(&room.m, answer(TOKEN, &w, &g));
    REFUSED(&room.m, RC_DENIED, "answered already", answer(TOKEN, &w, &g));
    phone.count = 3;
    w = said_by(&phone, &c, &room.anna);
    REFUSED(&room.m, RC_DENIED, "answered already", answer(TOKEN, &w, &g));
}

static void
test_a_challenge_belongs_to_its_session_use_and_time(void **state)
{
    struct auth_grant g;
    (void)state;
    added(&room.anna, &phone);
    phone.count = 2;
    struct passkey_challenge c = challenge(TOKEN, PASSKEY_GET);
    struct passkey_answer w = said_by(&phone, &c, &room.anna);
    REFUSED(&room.m, RC_DENIED, "another challenge", answer(OTHER, &w, &g));

    c = challenge(TOKEN, PASSKEY_CREATE);
    w = said_by(&phone, &c, &room.anna);
    REFUSED(&room.m, RC_DENIED, "another challenge", answer(TOKEN, &w, &g));

    c = challenge(TOKEN, PASSKEY_GET);
    w = said_by(&phone, &c, &room.anna);
    room.m.now += PASSKEY_WAIT_S;
    REFUSED(&room.m, RC_DENIED, "too old", answer(TOKEN, &w, &g));
    c = challenge(TOKEN, PASSKEY_GET);
    w = said_by(&phone, &c, &room.anna);
    room.m.now--;
    REFUSED(&room.m, RC_DENIED, "ticket", answer(TOKEN, &w, &g)); /* of a time to come */
    room.m.now += PASSKEY_WAIT_S; /* the failures above are not forgotten yet */
    OK(&room.m, answer(TOKEN, &w, &g));
}

/* Whoever knows a session's token cannot make challenges: the ticket is not enough. */
static void
test_a_ticket_that_was_changed(void **state)
{
    struct auth_grant g;
    (void)state;
    added(&room.anna, &phone);
    phone.count = 2;
    static const char *const wrong[] = {"", "-", "1700000000", "x-1", "1700000000-abc"};
    for (size_t i = 0; i < N_ELEMENTS(wrong); i++) {
        struct passkey_challenge c = challenge(TOKEN, PASSKEY_GET);
        struct passkey_answer w = said_by(&phone, &c, &room.anna);
        w.ticket = str_of(wrong[i]);
        REFUSED(&room.m, RC_DENIED, "ticket", answer(TOKEN, &w, &g));
        room.m.now += 1000; /* tries are counted, and forgotten */
    }
    struct passkey_challenge c = challenge(TOKEN, PASSKEY_GET);
    struct passkey_answer w = said_by(&phone, &c, &room.anna);
    w.ticket = str_copy(&room.m.a, c.ticket);
    char *last = (char *)(uintptr_t)&w.ticket.p[w.ticket.n - 1];
    *last = *last == '0' ? '1' : '0';
    REFUSED(&room.m, RC_DENIED, "another challenge", answer(TOKEN, &w, &g));
}

static void
test_a_lower_count_is_refused(void **state)
{
    struct auth_grant g;
    (void)state;
    phone.count = 10;
    added(&room.anna, &phone);
    REFUSED(&room.m, RC_DENIED, "backwards", use(&phone, &room.anna, TOKEN, &g));
    assert_true(g.is_copied);
    assert_int_equal(g.person.id, room.anna.id);
    phone.count = 0;
    REFUSED(&room.m, RC_DENIED, "backwards", use(&phone, &room.anna, TOKEN, &g));
    phone.count = 11;
    OK(&room.m, use(&phone, &room.anna, TOKEN, &g));
    assert_false(g.is_copied);
}

static void
test_a_device_that_does_not_count(void **state)
{
    struct auth_grant g;
    (void)state;
    phone.count = 0;
    added(&room.anna, &phone);
    OK(&room.m, use(&phone, &room.anna, TOKEN, &g));
    OK(&room.m, use(&phone, &room.anna, TOKEN, &g));
}

static void
test_it_is_the_second_step(void **state)
{
    struct person boris = newsroom_add(&room, "boris", PASSWORD);
    struct device his = device_new(&room.m.a, EDDSA, "id of his own..!");
    struct auth_grant half, g;
    struct session s;
    struct person p;
    (void)state;
    added(&room.anna, &phone);
    added(&boris, &his);
    phone.count = his.count = 2;
    OK(&room.m, sign_in(&room, "anna", PASSWORD, "192.0.2.1", &half));
    assert_true(half.needs_second_factor);
    OK(&room.m,
       auth_waiting(room.au, half.token, room.m.now, &room.m.a, &p, &room.m.err));
    REFUSED(&room.m, RC_DENIED, "", use(&his, &boris, half.token, &g));
    phone.flags = PRESENT; /* a touch is enough after the password */
    OK(&room.m, use(&phone, NULL, half.token, &g));
    OK(&room.m,
       auth_session_find(room.au, g.token, room.m.now, &room.m.a, &s, &p, &room.m.err));
    assert_int_equal(p.id, room.anna.id);
    REFUSED(&room.m, RC_NOT_FOUND, "waiting",
            auth_waiting(room.au, half.token, room.m.now, &room.m.a, &p, &room.m.err));
    device_end(&his);
}

/* Guesses at a password from anywhere do not shut a passkey out. */
static void
test_others_do_not_shut_it_out(void **state)
{
    struct auth_grant g;
    (void)state;
    added(&room.anna, &phone);
    phone.count = 2;
    for (int i = 0; i < 5; i++)
        REFUSED(&room.m, RC_DENIED, "",
                sign_in(&room, "anna", "wrong", "198.51.100.7", &g));
    REFUSED(&room.m, RC_LIMIT, "too many",
            sign_in(&room, "anna", PASSWORD, "203.0.113.9", &g));
    OK(&room.m, use(&phone, &room.anna, TOKEN, &g));
}

static void
test_tries_by_passkey_are_counted(void **state)
{
    struct auth_grant g;
    (void)state;
    added(&room.anna, &phone);
    for (int i = 0; i < 5; i++)
        REFUSED(&room.m, RC_DENIED, "", use(&phone, NULL, TOKEN, &g));
    REFUSED(&room.m, RC_LIMIT, "too many", use(&phone, &room.anna, TOKEN, &g));
    assert_true(g.retry_after_s > 0);
    struct device unknown = device_new(&room.m.a, ES256, "nobody has that!");
    for (int i = 0; i < 3; i++)
        REFUSED(&room.m, RC_DENIED, "", use(&unknown, &room.anna, TOKEN, &g));
    REFUSED(&room.m, RC_LIMIT, "too many", use(&unknown, &room.anna, TOKEN, &g));
    device_end(&unknown);
}

static void
test_a_closed_account(void **state)
{
    struct person boris = newsroom_add(&room, "boris", PASSWORD);
    struct auth_grant g;
    (void)state;
    added(&boris, &phone);
    phone.count = 2;
    boris.is_disabled = true;
    OK(&room.m, auth_person_change(room.au, &boris, &room.m.a, &room.m.err));
    REFUSED(&room.m, RC_DENIED, "", use(&phone, &boris, TOKEN, &g));
}

static void
test_adding_is_as_strict(void **state)
{
    struct str codes[FACTOR_CODES];
    bool has_codes = false;
    (void)state;
    struct passkey_challenge c = challenge(TOKEN, PASSKEY_CREATE);
    struct passkey_answer w = made_by(&phone, &c);
#define ADD(token)                                                                 \
    auth_passkey_add(room.au, &room.anna, token, &w, room.m.now, &room.m.a, codes, \
                     &has_codes, &room.m.err)
    REFUSED(&room.m, RC_DENIED, "another challenge", ADD(OTHER));
    w.name = STR("");
    REFUSED(&room.m, RC_INVALID, "name", ADD(TOKEN));
    w.name = STR("two\nlines");
    REFUSED(&room.m, RC_INVALID, "name", ADD(TOKEN));
    w.name = STR("Phone");
    phone.party = "evil.example";
    w.auth_data = base64(&room.m.a, device_data(&phone, true));
    REFUSED(&room.m, RC_DENIED, "another site", ADD(TOKEN));
    phone.party = "news.example";
    w = made_by(&phone, &c);
    REFUSED(&room.m, RC_DENIED, "answered already", ADD(TOKEN));
    assert_false(now_of(&room, &room.anna).has_second_factor);
#undef ADD
}

/* Hints are for browsers; what is not one is dropped. */
static void
test_what_is_kept_of_it(void **state)
{
    struct passkey all[PASSKEYS_MAX];
    int n = 0;
    (void)state;
    added(&room.anna, &phone);
    OK(&room.m,
       auth_passkey_list(room.au, room.anna.id, &room.m.a, all, &n, &room.m.err));
    assert_int_equal(n, 1);
    SAME(all[0].transports, "internal,hybrid");
    SAME(all[0].name, "Phone");
    assert_int_equal(all[0].used_at, TIME_NONE);
    struct device other = device_new(&room.m.a, ES256, "yet another's id");
    struct passkey_challenge c = challenge(TOKEN, PASSKEY_CREATE);
    struct passkey_answer w = made_by(&other, &c);
    struct str codes[FACTOR_CODES];
    bool has_codes = false;
    w.transports = STR("\"><script>");
    OK(&room.m, auth_passkey_add(room.au, &room.anna, TOKEN, &w, room.m.now, &room.m.a,
                                 codes, &has_codes, &room.m.err));
    OK(&room.m,
       auth_passkey_list(room.au, room.anna.id, &room.m.a, all, &n, &room.m.err));
    SAME(all[1].transports, "");
    device_end(&other);
}

static void
test_the_last_needs_a_long_password(void **state)
{
    struct passkey all[PASSKEYS_MAX];
    int n = 0;
    (void)state;
    added(&room.anna, &phone);
    OK(&room.m,
       auth_passkey_list(room.au, room.anna.id, &room.m.a, all, &n, &room.m.err));
#define REMOVE(id, password) \
    auth_passkey_remove(room.au, &room.anna, id, STR(password), &room.m.a, &room.m.err)
    REFUSED(&room.m, RC_CONFLICT, "too short", REMOVE(all[0].id, "tvzqkx9w"));
    assert_true(now_of(&room, &room.anna).has_passkey);
    struct person boris = newsroom_add(&room, "boris", PASSWORD);
    REFUSED(&room.m, RC_NOT_FOUND, "no such",
            auth_passkey_remove(room.au, &boris, all[0].id, STR(PASSWORD), &room.m.a,
                                &room.m.err));
    OK(&room.m, REMOVE(all[0].id, PASSWORD));
    assert_false(now_of(&room, &room.anna).has_second_factor);
    OK(&room.m, auth_factor_codes_left(room.au, room.anna.id, &n, &room.m.err));
    assert_int_equal(n, 0);
#undef REMOVE
}

static void
test_a_reset_takes_passkeys_too(void **state)
{
    struct auth_grant g;
    int n = 1;
    (void)state;
    added(&room.anna, &phone);
    phone.count = 2;
    OK(&room.m, use(&phone, &room.anna, TOKEN, &g));
    OK(&room.m, auth_factor_reset(room.au, &room.anna, &room.m.err));
    assert_false(now_of(&room, &room.anna).has_second_factor);
    OK(&room.m, auth_factor_codes_left(room.au, room.anna.id, &n, &room.m.err));
    assert_int_equal(n, 0);
    struct session s;
    struct person p;
    REFUSED(
        &room.m, RC_NOT_FOUND, "no such session",
        auth_session_find(room.au, g.token, room.m.now, &room.m.a, &s, &p, &room.m.err));
    phone.count = 3;
    REFUSED(&room.m, RC_DENIED, "", use(&phone, &room.anna, TOKEN, &g));
}

static void
test_there_is_an_end_to_them(void **state)
{
    bool has_codes = false;
    (void)state;
    for (int i = 0; i <= PASSKEYS_MAX; i++) {
        phone.id = str_z(&room.m.a, str_fmt(&room.m.a, "%016d", i));
        if (i < PASSKEYS_MAX)
            OK(&room.m, add(&room.anna, &phone, TOKEN, &has_codes));
        else
            REFUSED(&room.m, RC_LIMIT, "20", add(&room.anna, &phone, TOKEN, &has_codes));
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_the_first_brings_recovery_codes),
        TEST(test_it_signs_in_alone),
        TEST(test_alone_it_must_say_whose_it_is_and_verify),
        TEST(test_a_challenge_is_answered_once),
        TEST(test_a_challenge_belongs_to_its_session_use_and_time),
        TEST(test_a_ticket_that_was_changed),
        TEST(test_a_lower_count_is_refused),
        TEST(test_a_device_that_does_not_count),
        TEST(test_it_is_the_second_step),
        TEST(test_others_do_not_shut_it_out),
        TEST(test_tries_by_passkey_are_counted),
        TEST(test_a_closed_account),
        TEST(test_adding_is_as_strict),
        TEST(test_what_is_kept_of_it),
        TEST(test_the_last_needs_a_long_password),
        TEST(test_a_reset_takes_passkeys_too),
        TEST(test_there_is_an_end_to_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
