{{%AUTOESCAPE context="HTML"}}
{{#CRUMBS}}<nav class="crumbs" aria-label="{{S_BREADCRUMB}}">
<ol>
{{#CRUMB}}<li><a href="{{CRUMB_URL}}">{{CRUMB_NAME}}</a></li>
{{/CRUMB}}<li aria-current="page">{{CRUMB_HERE}}</li>
</ol>
</nav>
{{/CRUMBS}}<h1>{{HEADING}}</h1>
<div class="list">
{{#EMPTY}}<p class="empty">{{S_NO_CORRECTIONS}}</p>
{{/EMPTY}}{{#CORRECTION}}<article class="card">
<p class="meta"><time datetime="{{DATETIME}}">{{DATE}}</time></p>
<h2><a href="{{URL}}">{{TITLE}}</a></h2>
<p class="summary lines">{{TEXT:x-lines}}</p>
</article>
{{/CORRECTION}}</div>
{{#PAGER}}<nav class="pager" aria-label="{{S_PAGES}}">
{{#NEWER}}<a class="newer" href="{{NEWER_URL}}" rel="prev">{{S_NEWER}}</a>
{{/NEWER}}{{#OLDER}}<a class="older" href="{{OLDER_URL}}" rel="next">{{S_OLDER}}</a>
{{/OLDER}}</nav>
{{/PAGER}}
