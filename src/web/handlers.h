/* web/handlers.h - the handlers that rows of routes.def name. Each answers one visit. */
#ifndef WEB_HANDLERS_H
#define WEB_HANDLERS_H

#include "web/route.h"

route_handler site_corrections;
route_handler site_home, site_listing, site_article, site_manifest, site_media;
route_handler ops_healthz, ops_metrics;
route_handler admin_sign_in_page, admin_sign_in, admin_code_page, admin_code,
    admin_sign_out;
route_handler admin_home, admin_account, admin_session_end, admin_language,
    admin_password_page, admin_password, admin_factor_page, admin_factor_begin,
    admin_factor_confirm;
route_handler admin_passkeys, admin_passkey_begin, admin_passkey_add, admin_passkey,
    admin_passkey_remove, admin_passkey_sign_in;
route_handler admin_people, admin_person_new, admin_person_add, admin_person,
    admin_person_save, admin_person_reset;
route_handler admin_item_new, admin_item_add, admin_item, admin_item_save,
    admin_item_history, admin_item_diff, admin_item_restore, admin_item_preview,
    admin_item_photo, admin_photos_choose, admin_item_steps, admin_item_step,
    admin_item_copy;
route_handler admin_tokens, admin_token_add, admin_token_end;
route_handler admin_photo_new, admin_photo_add;
route_handler api_photos, api_photo, api_photo_add, api_photo_may_add, api_photo_save,
    api_photo_uses, api_photo_original, api_photo_edited, api_photo_withdraw,
    api_photo_reinstate;
route_handler api_description, api_sections, api_items, api_item_add, api_item,
    api_item_save, api_revisions, api_revision, api_step;

route_handler admin_items, admin_items_bulk, admin_calendar, admin_calendar_now;
route_handler admin_sections, admin_section_new, admin_section_add, admin_section_up,
    admin_section_down, admin_section, admin_section_save, admin_section_remove;
route_handler admin_strings, admin_string_save;
route_handler admin_audit;
route_handler admin_photos, admin_photos_together, admin_photos_confirm, admin_photo,
    admin_photo_save, admin_photo_withdraw, admin_photo_reinstate, admin_photo_media,
    admin_photo_original, admin_photo_edited;
route_handler admin_item_corrections, admin_item_correct;
route_handler admin_translations, admin_translation_make, admin_translation_link,
    admin_translation_unlink, admin_translation_reflects;
route_handler admin_working, admin_working_keep, admin_working_drop;
route_handler admin_comments, admin_comment_add, admin_comment_resolve;
route_handler admin_preview_links, admin_preview_make, admin_preview_revoke,
    admin_preview, admin_preview_photo;

#endif
