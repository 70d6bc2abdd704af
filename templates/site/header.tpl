{{%AUTOESCAPE context="HTML"}}
<a class="skip" href="#main">{{S_SKIP}}</a>
<div class="brand">
<p class="name"><a href="{{HOME_URL}}">{{SITE_NAME}}</a></p>
{{#TAGLINE}}<p class="tagline">{{TAGLINE_TEXT}}</p>
{{/TAGLINE}}</div>
<nav class="menu" aria-label="{{S_MENU}}">
<ul>
{{#MENU}}{{#PLAIN}}<li><a href="{{MENU_URL}}">{{MENU_NAME}}</a></li>
{{/PLAIN}}{{#CURRENT}}<li><a href="{{MENU_URL}}" aria-current="true">{{MENU_NAME}}</a></li>
{{/CURRENT}}{{/MENU}}</ul>
</nav>
