{{%AUTOESCAPE context="HTML"}}
{{#CRUMBS}}<nav class="crumbs" aria-label="{{S_BREADCRUMB}}">
<ol>
{{#CRUMB}}<li><a href="{{CRUMB_URL}}">{{CRUMB_NAME}}</a></li>
{{/CRUMB}}<li aria-current="page">{{CRUMB_HERE}}</li>
</ol>
</nav>
{{/CRUMBS}}<h1>{{HEADING}}</h1>
{{#SUBSECTIONS}}<nav class="links" aria-label="{{S_SUBSECTIONS}}">
<ul>
{{#SUB}}<li><a href="{{SUB_URL}}">{{SUB_NAME}}</a></li>
{{/SUB}}</ul>
</nav>
{{/SUBSECTIONS}}{{#MONTHS}}<nav class="links" aria-label="{{S_MONTHS}}">
<ul>
{{#MONTH_LINK}}<li><a href="{{LINK_URL}}">{{LINK_NAME}}</a></li>
{{/MONTH_LINK}}</ul>
</nav>
{{/MONTHS}}<div class="list">
{{#EMPTY}}<p class="empty">{{S_EMPTY_LISTING}}</p>
{{/EMPTY}}{{#EMPTY_MONTH}}<p class="empty">{{S_EMPTY_MONTH}}</p>
{{/EMPTY_MONTH}}{{#ITEM}}{{>CARD}}{{/ITEM}}</div>
{{#PAGER}}<nav class="pager" aria-label="{{S_PAGES}}">
{{#NEWER}}<a class="newer" href="{{NEWER_URL}}" rel="prev">{{S_NEWER}}</a>
{{/NEWER}}{{#OLDER}}<a class="older" href="{{OLDER_URL}}" rel="next">{{S_OLDER}}</a>
{{/OLDER}}</nav>
{{/PAGER}}{{#ARCHIVE}}<nav class="links years" aria-labelledby="years">
<h2 id="years">{{S_YEARS}}</h2>
<ul>
{{#ARCHIVE_YEAR}}{{#YEAR_LINK}}<li><a href="{{LINK_URL}}">{{LINK_NAME}}</a></li>
{{/YEAR_LINK}}{{#HERE}}<li aria-current="page">{{LINK_NAME}}</li>
{{/HERE}}{{/ARCHIVE_YEAR}}</ul>
</nav>
{{/ARCHIVE}}
