{{%AUTOESCAPE context="HTML"}}
<figure>
{{#EAGER}}<img src="{{SRC}}" alt="{{ALT}}" width="{{WIDTH}}" height="{{HEIGHT}}" fetchpriority="high">
{{/EAGER}}{{#LAZY}}<img src="{{SRC}}" alt="{{ALT}}" width="{{WIDTH}}" height="{{HEIGHT}}" loading="lazy" decoding="async">
{{/LAZY}}<figcaption>{{#CAPTION}}<span class="caption">{{CAPTION_TEXT}}</span> {{/CAPTION}}{{#CREDIT}}<span class="credit">{{S_PHOTO_LABEL}} {{#CREDIT_LINK}}<a href="{{CREDIT_URL}}">{{CREDIT_TEXT}}</a>{{/CREDIT_LINK}}{{#CREDIT_PLAIN}}{{CREDIT_TEXT}}{{/CREDIT_PLAIN}}</span>{{/CREDIT}}</figcaption>
</figure>
