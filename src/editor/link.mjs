// Where a link of a body may lead: the same rule as link_is_allowed in src/news/body.c,
// which turns every other link into text.

const schemes = /^(https?:\/\/|mailto:|tel:)./i;
// Browsers drop these from addresses, so that "java\nscript:" would be a scheme.
const controls = /[\u0000-\u001f\u007f]/;
const onTheSite = /^(\/(?![/\\])|#)/;

export function isAllowed(href) {
  return !controls.test(href) && (schemes.test(href) || onTheSite.test(href));
}

// What somebody typed as an address, completed where it is plain what is meant; null when
// no link may lead there.
export function completed(typed) {
  const text = typed.trim();
  if (isAllowed(text)) return text;
  if (/^[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+$/.test(text)) return `mailto:${text}`;
  if (/^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+([/?#]\S*)?$/u.test(text))
    return `https://${text}`;
  return null;
}
