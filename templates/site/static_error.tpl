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
<link rel="icon" href="{{FAVICON_URL}}" type="image/svg+xml">
</head>
<body>
<header class="top">
<div class="brand">
<p class="name"><a href="{{HOME_URL}}">{{SITE_NAME}}</a></p>
</div>
</header>
<main id="main">
<div class="error">
<h1>{{HEADING}}</h1>
<p class="lead">{{TEXT}}</p>
<p class="onward"><a href="{{HOME_URL}}">{{S_TO_HOME}}</a></p>
</div>
</main>
</body>
</html>
