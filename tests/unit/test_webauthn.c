/* test_webauthn.c - what authenticators say, true and false. */
#include "auth/cbor.h"
#include "auth/webauthn.h"
#include "device.h"

#define CHALLENGE STR("q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA")

static struct made m;

static int
set_up(void **state)
{
    (void)state;
    made_folder(&m);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    made_end(&m);
    return 0;
}

static enum rc
new_of(struct device *d, struct passkey *out)
{
    return webauthn_new(base64(&m.a, device_data(d, true)), STR("news.example"), &m.a,
                        out, &m.err);
}

/* What it says now, signed, with one thing changed if change is not NULL. */
static enum rc
check(struct device *d, const struct passkey *p, bool must_verify, int64_t *count)
{
    struct str client = device_client(d, "webauthn.get", CHALLENGE);
    struct str data = device_data(d, false);
    struct webauthn_proof w = {base64(&m.a, client), base64(&m.a, data),
                               base64(&m.a, device_sign(d, data, client))};
    return webauthn_check(p, &w, STR("news.example"), must_verify, &m.a, count, &m.err);
}

static void
test_each_algorithm(void **state)
{
    static const int algorithms[] = {ES256, EDDSA, RS256};
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(algorithms); i++) {
        struct device d = device_new(&m.a, algorithms[i], "credential number"),
                      other = device_new(&m.a, algorithms[i], "credential number");
        struct passkey p = {0};
        int64_t count = 0;
        OK(&m, new_of(&d, &p));
        assert_int_equal(p.algorithm, algorithms[i]);
        assert_int_equal(p.sign_count, 1);
        SAME(p.credential, "Y3JlZGVudGlhbCBudW1iZQ");
        d.count = 70000;
        OK(&m, check(&d, &p, true, &count));
        assert_int_equal(count, 70000);
        REFUSED(&m, RC_DENIED, "not signed", check(&other, &p, true, &count));
        p.algorithm = p.algorithm == ES256 ? EDDSA : ES256;
        REFUSED(&m, RC_DENIED, "not signed", check(&d, &p, true, &count));
        device_end(&d);
        device_end(&other);
    }
}

static void
test_another_algorithm_is_refused(void **state)
{
    struct device d = device_new(&m.a, ES384, "credential number");
    struct passkey p = {0};
    (void)state;
    REFUSED(&m, RC_INVALID, "not a key", new_of(&d, &p));
    device_end(&d);
}

static void
test_another_party_is_refused(void **state)
{
    struct device d = device_new(&m.a, ES256, "credential number");
    struct passkey p = {0};
    int64_t count = 0;
    (void)state;
    OK(&m, new_of(&d, &p));
    d.party = "evil.example";
    REFUSED(&m, RC_DENIED, "another site", new_of(&d, &p));
    REFUSED(&m, RC_DENIED, "not signed", check(&d, &p, false, &count));
    device_end(&d);
}

static void
test_somebody_has_to_be_there(void **state)
{
    struct device d = device_new(&m.a, ES256, "credential number");
    struct passkey p = {0};
    int64_t count = 0;
    (void)state;
    OK(&m, new_of(&d, &p));
    d.flags = PRESENT;
    REFUSED(&m, RC_DENIED, "who is there", new_of(&d, &p));
    REFUSED(&m, RC_DENIED, "not signed", check(&d, &p, true, &count));
    OK(&m, check(&d, &p, false, &count));
    d.flags = VERIFIED;
    REFUSED(&m, RC_DENIED, "who is there", new_of(&d, &p));
    REFUSED(&m, RC_DENIED, "not signed", check(&d, &p, false, &count));
    device_end(&d);
}

static void
test_every_bit_is_signed(void **state)
{
    struct device d = device_new(&m.a, EDDSA, "credential number");
    struct passkey p = {0};
    int64_t count = 0;
    (void)state;
    OK(&m, new_of(&d, &p));
    struct str client = device_client(&d, "webauthn.get", CHALLENGE);
    struct str data = device_data(&d, false);
    struct str parts[] = {client, data, device_sign(&d, data, client)};
    for (size_t part = 0; part < N_ELEMENTS(parts); part++)
        for (size_t i = 0; i < parts[part].n; i++) {
            struct str all[] = {parts[0], parts[1], parts[2]};
            all[part] = str_copy(&m.a, parts[part]);
            ((char *)(uintptr_t)all[part].p)[i] ^= 1;
            struct webauthn_proof w = {base64(&m.a, all[0]), base64(&m.a, all[1]),
                                       base64(&m.a, all[2])};
            if (webauthn_check(&p, &w, STR("news.example"), false, &m.a, &count,
                               &m.err) != RC_DENIED)
                fail_msg("part %zu, byte %zu", part, i);
        }
    device_end(&d);
}

/* Up to its last byte it is too short. */
static void
test_cut_off(void **state)
{
    static const int algorithms[] = {ES256, EDDSA, RS256};
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(algorithms); i++) {
        struct device d = device_new(&m.a, algorithms[i], "credential number");
        struct str data = device_data(&d, true);
        struct passkey p = {0};
        for (size_t n = 0; n < data.n; n++) {
            enum rc rc = webauthn_new(base64(&m.a, str_sub(data, 0, n)),
                                      STR("news.example"), &m.a, &p, &m.err);
            if (rc != RC_INVALID && rc != RC_DENIED)
                fail_msg("%d bytes of %d: %s", (int)n, (int)data.n, rc_name(rc));
        }
        device_end(&d);
    }
}

/* Members that a few bytes say are there: libcbor would make room for all of them. */
static void
test_claims_of_cbor(void **state)
{
    static const struct {
        struct str bytes;
        int items;
        bool is_whole;
    } all[] = {
        {STR_INIT(""), 0, true},
        {STR_INIT("\x00"), 0, false},
        {STR_INIT("\x00"), 1, true},
        {STR_INIT("\x00\x01"), 1, false},
        {STR_INIT("\x00"), 2, false},
        {STR_INIT("\x18\xff"), 1, true},
        {STR_INIT("\x18"), 1, false},
        {STR_INIT("\x1b\0\0\0\0\0\0\0\1"), 1, true},
        {STR_INIT("\x1b\0\0\0\0\0\0\0"), 1, false},
        {STR_INIT("\x1c"), 1, false}, /* reserved */
        {STR_INIT("\x43xyz"), 1, true},
        {STR_INIT("\x44xyz"), 1, false},
        {STR_INIT("\x5f\x41x\xff"), 1, false}, /* of indefinite length */
        {STR_INIT("\x82\x01\x02"), 1, true},
        {STR_INIT("\x83\x01\x02"), 1, false},
        {STR_INIT("\xa1\x01\x02"), 1, true},
        {STR_INIT("\xa1\x01"), 1, false},
        {STR_INIT("\xc1\x01"), 1, true},
        {STR_INIT("\xc1"), 1, false},
        {STR_INIT("\x81\x81\x81\x01"), 1, true},
        {STR_INIT("\x81\x81\x81\x81\x01"), 1, false}, /* deeper than 4 */
        {STR_INIT("\xba\x10\0\0\0\x01\x01"), 1, false},
        {STR_INIT("\x9b\xff\xff\xff\xff\xff\xff\xff\xff\x01"), 1, false},
        {STR_INIT("\xbb\x80\0\0\0\0\0\0\0\x01"), 1, false}, /* twice it is nothing */
        {STR_INIT("\x5b\xff\xff\xff\xff\xff\xff\xff\xff\x01"), 1, false},
    };
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(all); i++)
        if (cbor_is_whole((const unsigned char *)all[i].bytes.p, all[i].bytes.n,
                          all[i].items) != all[i].is_whole)
            fail_msg("row %zu", i);
}

/* Neither after the key nor after the count may anything stand. */
static void
test_bytes_too_many(void **state)
{
    struct device d = device_new(&m.a, EDDSA, "credential number");
    struct str data = joined(&m.a, device_data(&d, true), STR("\x00"));
    struct passkey p = {0};
    int64_t count = 0;
    (void)state;
    OK(&m, new_of(&d, &p));
    REFUSED(&m, RC_INVALID, "not a key",
            webauthn_new(base64(&m.a, data), STR("news.example"), &m.a, &p, &m.err));
    struct str client = device_client(&d, "webauthn.get", CHALLENGE);
    data = joined(&m.a, device_data(&d, false), STR("\x00"));
    struct webauthn_proof w = {base64(&m.a, client), base64(&m.a, data),
                               base64(&m.a, device_sign(&d, data, client))};
    REFUSED(&m, RC_DENIED, "not signed",
            webauthn_check(&p, &w, STR("news.example"), true, &m.a, &count, &m.err));
    device_end(&d);
}

static void
test_no_base64url(void **state)
{
    static const char *const wrong[] = {
        "",     "=",    "A",    "AAAA=",
        "AA+A", "AA/A", " AAA", "AB" /* bits beyond the last byte */,
        "жжжж"};
    struct passkey p = {0};
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(wrong); i++)
        if (webauthn_new(str_of(wrong[i]), STR("news.example"), &m.a, &p, &m.err) ==
            RC_OK)
            fail_msg("%s", wrong[i]);
}

static enum rc
client(const char *json)
{
    return webauthn_client_data(base64(&m.a, str_of(json)), "webauthn.get", CHALLENGE,
                                STR("https://news.example"), &m.a, &m.err);
}

#define ORIGIN     "\"origin\":\"https://news.example\""
#define CHALLENGED "\"challenge\":\"q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA\""

static void
test_client_data(void **state)
{
    static const struct {
        const char *json;
        enum rc rc;
        const char *words;
    } all[] = {
        {"{\"type\":\"webauthn.get\"," CHALLENGED "," ORIGIN "}", RC_OK, ""},
        {"{" ORIGIN ", \"x\":[{}], \"crossOrigin\":false," CHALLENGED
         ",\"type\":\"webauthn.get\"}",
         RC_OK, ""},
        {"{\"type\":\"webauthn.create\"," CHALLENGED "," ORIGIN "}", RC_DENIED,
         "something else"},
        {"{" CHALLENGED "," ORIGIN "}", RC_DENIED, "something else"},
        {"{\"type\":7," CHALLENGED "," ORIGIN "}", RC_DENIED, "something else"},
        {"{\"type\":\"webauthn.get\",\"challenge\":\"q83v\"," ORIGIN "}", RC_DENIED,
         "another challenge"},
        {"{\"type\":\"webauthn.get\"," ORIGIN "}", RC_DENIED, "another challenge"},
        {"{\"type\":\"webauthn.get\"," CHALLENGED "}", RC_DENIED, "another address"},
        {"{\"type\":\"webauthn.get\"," CHALLENGED
         ",\"origin\":\"https://news.example.evil.example\"}",
         RC_DENIED, "another address"},
        {"{\"type\":\"webauthn.get\"," CHALLENGED ",\"origin\":\"http://news.example\"}",
         RC_DENIED, "another address"},
        {"{\"type\":\"webauthn.get\"," CHALLENGED
         ",\"origin\":\"https://news.example:8443\"}",
         RC_DENIED, "another address"},
        {"{\"type\":\"webauthn.get\"," CHALLENGED "," ORIGIN ",\"crossOrigin\":true}",
         RC_DENIED, "frame"},
        {"{\"type\":\"webauthn.get\"," CHALLENGED
         ",\"origin\":\"https://evil.example\"," ORIGIN "}",
         RC_INVALID, "no JSON"},
        {"{\"type\":\"webauthn.get\"," CHALLENGED "," ORIGIN "", RC_INVALID, "no JSON"},
        {"{\"type\":\"webauthn.get\"," CHALLENGED "," ORIGIN "} ;", RC_INVALID,
         "no JSON"},
        {"[]", RC_INVALID, "no JSON"},
        {"null", RC_INVALID, "no JSON"},
    };
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(all); i++) {
        if (all[i].rc == RC_OK)
            OK(&m, client(all[i].json));
        else
            REFUSED(&m, all[i].rc, all[i].words, client(all[i].json));
    }
}

static void
test_the_party_of_an_address(void **state)
{
    (void)state;
    SAME(webauthn_party(STR("https://news.example")), "news.example");
    SAME(webauthn_party(STR("https://news.example:8443")), "news.example");
    SAME(webauthn_party(STR("http://localhost:8080")), "localhost");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_algorithm),
        cmocka_unit_test(test_another_algorithm_is_refused),
        cmocka_unit_test(test_another_party_is_refused),
        cmocka_unit_test(test_somebody_has_to_be_there),
        cmocka_unit_test(test_every_bit_is_signed),
        cmocka_unit_test(test_cut_off),
        cmocka_unit_test(test_claims_of_cbor),
        cmocka_unit_test(test_bytes_too_many),
        cmocka_unit_test(test_no_base64url),
        cmocka_unit_test(test_client_data),
        cmocka_unit_test(test_the_party_of_an_address),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
