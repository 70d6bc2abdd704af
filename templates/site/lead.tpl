{{%AUTOESCAPE context="HTML"}}
<article class="card first">
<p class="meta"><time datetime="{{DATETIME}}">{{DATE}}</time>{{#SECTION}} <a href="{{SECTION_URL}}">{{SECTION_NAME}}</a>{{/SECTION}}</p>
<h2><a href="{{URL}}">{{TITLE}}</a></h2>
{{#PHOTO}}{{>FIGURE}}{{/PHOTO}}{{#LEAD}}<p class="summary">{{LEAD_TEXT}}</p>
{{/LEAD}}</article>
