{{%AUTOESCAPE context="HTML"}}
{{#CRUMBS}}<nav class="crumbs" aria-label="{{S_BREADCRUMB}}">
<ol>
{{#CRUMB}}<li><a href="{{CRUMB_URL}}">{{CRUMB_NAME}}</a></li>
{{/CRUMB}}<li aria-current="page">{{CRUMB_HERE}}</li>
</ol>
</nav>
{{/CRUMBS}}<article class="item">
<h1>{{TITLE}}</h1>
<p class="meta"><time datetime="{{DATETIME}}">{{DATE}}</time>{{#UPDATED}} <span>{{S_UPDATED}} <time datetime="{{UPDATED_DATETIME}}">{{UPDATED_DATE}}</time></span>{{/UPDATED}}</p>
{{#LEAD}}<p class="lead">{{LEAD_TEXT}}</p>
{{/LEAD}}{{#CORRECTIONS}}<aside class="corrections" aria-label="{{S_CORRECTIONS}}">
{{#CORRECTION}}<p class="lines"><strong>{{S_CORRECTION}}, <time datetime="{{DATETIME}}">{{DATE}}</time>.</strong> {{TEXT:x-lines}}</p>
{{/CORRECTION}}<p><a href="{{CORRECTIONS_URL}}">{{S_ALL_CORRECTIONS}}</a></p>
</aside>
{{/CORRECTIONS}}{{#TOP_PHOTO}}{{>FIGURE}}{{/TOP_PHOTO}}<div class="text">
{{#BODY}}{{#HTML}}{{HTML_TEXT:x-html}}{{/HTML}}{{#PHOTO}}{{>FIGURE}}{{/PHOTO}}{{/BODY}}</div>
{{#LAST_PHOTO}}{{>FIGURE}}{{/LAST_PHOTO}}{{#GALLERY}}<section class="gallery" aria-label="{{S_PHOTOS}}" data-previous="{{S_PHOTO_PREVIOUS}}" data-next="{{S_PHOTO_NEXT}}" data-of="{{S_PHOTO_OF}}">
<ul class="slides" tabindex="0" aria-label="{{S_PHOTOS}}">
{{#PHOTO}}<li>{{>FIGURE}}</li>
{{/PHOTO}}</ul>
<script src="{{GALLERY_JS_URL}}" defer></script>
</section>
{{/GALLERY}}{{#CREDIT}}<p class="credit">{{S_PHOTO_LABEL}} <bdi>{{CREDIT_TEXT}}</bdi></p>
{{/CREDIT}}</article>
<nav class="onward" aria-label="{{S_WAYS_ON}}">
<ul>
<li><a class="js-back" href="{{BACK_URL}}">{{S_GO_BACK}}</a></li>
<li><a href="{{SECTION_URL}}">{{S_BACK_TO_SECTION}}</a></li>
<li><a href="{{ALL_URL}}">{{S_BACK_TO_ALL}}</a></li>
</ul>
</nav>
