{{%AUTOESCAPE context="HTML"}}
<!DOCTYPE html>
<html lang="{{LANG}}" dir="{{DIR}}">
<head>
<meta charset="utf-8">
<title>{{TITLE}}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="stylesheet" href="{{CSS_URL}}">
<link rel="stylesheet" href="{{STAFF_CSS_URL}}">
{{#SCRIPT}}<script src="{{JS_URL}}" defer></script>
{{/SCRIPT}}<link rel="icon" href="{{FAVICON_URL}}" type="image/svg+xml">
</head>
<body class="staff">
<header class="top">
<a class="skip" href="#main">{{S_SKIP}}</a>
<p class="name"><a href="{{STAFF_HOME_URL}}">{{S_STAFF_NEWSROOM}}</a></p>
<p class="tagline"><a href="{{HOME_URL}}">{{SITE_NAME}}</a></p>
{{#MENU}}<nav class="menu" aria-label="{{S_STAFF_MENU}}">
<ul>
{{#ENTRY}}{{#PLAIN}}<li><a href="{{MENU_URL}}">{{MENU_NAME}}</a></li>
{{/PLAIN}}{{#CURRENT}}<li><a href="{{MENU_URL}}" aria-current="page">{{MENU_NAME}}</a></li>
{{/CURRENT}}{{/ENTRY}}</ul>
</nav>
<form class="who" data-person="{{PERSON_ID}}" method="post" action="{{SIGN_OUT_URL}}">
<input type="hidden" name="csrf" value="{{CSRF}}">
<span>{{PERSON}}</span>
<button class="link">{{S_STAFF_SIGN_OUT}}</button>
</form>
{{/MENU}}</header>
<main id="main">
<h1>{{HEADING}}</h1>
{{#PAGES}}<nav class="pages" aria-label="{{PAGES_NAME}}">
<ul>
{{#ENTRY}}{{#PLAIN}}<li><a href="{{MENU_URL}}">{{MENU_NAME}}</a></li>
{{/PLAIN}}{{#CURRENT}}<li><a href="{{MENU_URL}}" aria-current="page">{{MENU_NAME}}</a></li>
{{/CURRENT}}{{/ENTRY}}</ul>
</nav>
{{/PAGES}}{{#DONE}}<p class="notice" role="status">{{DONE_TEXT}}</p>
{{/DONE}}{{#PROBLEM}}<p class="problem" role="alert">{{PROBLEM_TEXT}}</p>
{{/PROBLEM}}{{>CONTENT}}
</main>
<p id="nothing" hidden></p>
</body>
</html>
