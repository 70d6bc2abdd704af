/* auth/person.h - the people of the newsroom: adding, changing, passwords.
 *
 * Whatever takes rights away ends the person's sessions. Every function here is one
 * transaction. */
#ifndef AUTH_PERSON_H
#define AUTH_PERSON_H

#include "auth/auth.h"

/* Makes an account; sets p->id and p->login (to NFC). The password may be absent: then
 * nobody can sign in until one is set.
 *   RC_INVALID   person_check, or auth_password_fault (field "password")
 *   RC_CONFLICT  the login is taken, in whatever case
 *   RC_BUSY, RC_FAILED */
enum rc auth_person_add(struct auth *au, struct person *p, struct str password,
                        int64_t now, struct arena *a, struct err *err) MUST_CHECK;

/* RC_NOT_FOUND. */
enum rc auth_person_by_login(struct auth *au, struct str login, struct arena *a,
                             struct person *out, struct err *err) MUST_CHECK;
enum rc auth_person_by_id(struct auth *au, int64_t id, struct arena *a,
                          struct person *out, struct err *err) MUST_CHECK;

/* Everybody, by login. */
enum rc auth_person_list(struct auth *au, struct arena *a, struct person **out, int *n,
                         struct err *err) MUST_CHECK;

/* Stores name, role, sections, is_disabled and must_have_second_factor of p (by p->id);
 * ends all their sessions when role, sections or is_disabled changed. RC_INVALID,
 * RC_NOT_FOUND. RC_CONFLICT when no administrator who is not disabled would be left. */
enum rc auth_person_change(struct auth *au, const struct person *p, struct arena *a,
                           struct err *err) MUST_CHECK;

/* Sets a password, ends all their sessions and tokens and forgets their devices.
 * RC_INVALID (field "password"), RC_NOT_FOUND, RC_BUSY. */
enum rc auth_person_set_password(struct auth *au, int64_t id, struct str password,
                                 int64_t now, struct arena *a,
                                 struct err *err) MUST_CHECK;

/* A section is no more: nobody has rights in it. */
enum rc auth_person_drop_section(struct auth *au, int64_t section_id,
                                 struct err *err) MUST_CHECK;

#endif
