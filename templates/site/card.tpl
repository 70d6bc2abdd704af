{{%AUTOESCAPE context="HTML"}}
<article class="card">
<p class="meta"><time datetime="{{DATETIME}}">{{DATE}}</time>{{#SECTION}} <a href="{{SECTION_URL}}">{{SECTION_NAME}}</a>{{/SECTION}}</p>
{{#H2}}<h2><a href="{{URL}}">{{TITLE}}</a></h2>
{{/H2}}{{#H3}}<h3><a href="{{URL}}">{{TITLE}}</a></h3>
{{/H3}}{{#PHOTO}}{{>FIGURE}}{{/PHOTO}}{{#LEAD}}<p class="summary">{{LEAD_TEXT}}</p>
{{/LEAD}}</article>
