-- 0011_discarded.sql - what was given up is removed after a while. Additive.
CREATE INDEX desk_discarded ON desk (changed_at, item_id) WHERE state = 'discarded';
CREATE INDEX working_copy_any ON working_copy (item_id);
