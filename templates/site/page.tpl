{{%AUTOESCAPE context="HTML"}}
<!DOCTYPE html>
<html lang="{{LANG}}" dir="{{DIR}}">
<head>
<meta charset="utf-8">
<title>{{TITLE}}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#11161c" media="(prefers-color-scheme: dark)">
{{#DESCRIPTION}}<meta name="description" content="{{DESCRIPTION_TEXT}}">
{{/DESCRIPTION}}{{#NOINDEX}}<meta name="robots" content="noindex">
{{/NOINDEX}}{{#CANONICAL}}<link rel="canonical" href="{{CANONICAL_URL}}">
{{/CANONICAL}}{{#ALTERNATE}}<link rel="alternate" hreflang="{{HREFLANG}}" href="{{HREF}}">
{{/ALTERNATE}}{{#PREV}}<link rel="prev" href="{{PREV_URL}}">
{{/PREV}}{{#NEXT}}<link rel="next" href="{{NEXT_URL}}">
{{/NEXT}}{{#OPEN_GRAPH}}<meta property="og:type" content="article">
<meta property="og:title" content="{{OG_TITLE}}">
<meta property="og:url" content="{{OG_URL}}">
<meta property="og:site_name" content="{{OG_SITE}}">
{{#OG_IMAGE}}<meta property="og:image" content="{{OG_IMAGE_URL}}">
<meta property="og:image:width" content="{{OG_WIDTH}}">
<meta property="og:image:height" content="{{OG_HEIGHT}}">
<meta property="og:image:alt" content="{{OG_ALT}}">
<meta name="twitter:card" content="summary_large_image">
{{/OG_IMAGE}}{{/OPEN_GRAPH}}{{#LINKED}}{{LINKED_JSON:x-html}}
{{/LINKED}}<link rel="stylesheet" href="{{CSS_URL}}">
{{#BAR_STYLE}}<link rel="stylesheet" href="{{CSS_URL}}">
{{/BAR_STYLE}}<script src="{{JS_URL}}" defer></script>
<link rel="icon" href="{{FAVICON_ICO_URL}}" sizes="32x32">
<link rel="icon" href="{{FAVICON_URL}}" type="image/svg+xml">
<link rel="apple-touch-icon" href="{{TOUCH_ICON_URL}}">
<link rel="manifest" href="{{MANIFEST_URL}}">
</head>
<body>
{{#BAR}}<aside class="preview" aria-label="{{S_STAFF_PREVIEW}}">
<p>{{BAR_TEXT}}</p>
<ul>
{{#BAR_LINK}}<li><a href="{{LINK_URL}}">{{LINK_NAME}}</a></li>
{{/BAR_LINK}}</ul>
</aside>
{{/BAR}}<header class="top">
{{CHROME_TOP:x-html}}
{{#LANGUAGES}}<p class="langs">{{#LANGUAGE}}<a href="{{SWITCH_URL}}" hreflang="{{SWITCH_LANG}}" lang="{{SWITCH_LANG}}">{{SWITCH_NAME}}</a> {{/LANGUAGE}}</p>
{{/LANGUAGES}}</header>
<main id="main">
{{>CONTENT}}
</main>
{{STRIP:x-html}}
<footer class="foot">
<p>© {{YEAR}} <a href="{{HOME_URL}}">{{SITE_NAME}}</a></p>
<p><a href="{{ALL_URL}}">{{S_ALL_NEWS}}</a> <a href="{{CORRECTIONS_URL}}">{{S_CORRECTIONS}}</a></p>
</footer>
</body>
</html>
