-- 0003_audit.sql - the audit log is searched by action too. Additive.
CREATE INDEX audit_action ON audit (action, at, id);
