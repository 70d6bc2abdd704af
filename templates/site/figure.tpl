{{%AUTOESCAPE context="HTML"}}
<figure>
{{#IMAGE}}<picture>
<source type="{{TYPE}}" srcset="{{MODERN:x-srcset}}" sizes="{{SIZES}}">
{{#EAGER}}<img src="{{SRC}}" srcset="{{JPEG:x-srcset}}" sizes="{{SIZES}}" alt="{{ALT}}" width="{{WIDTH}}" height="{{HEIGHT}}" fetchpriority="high">
{{/EAGER}}{{#LAZY}}<img src="{{SRC}}" srcset="{{JPEG:x-srcset}}" sizes="{{SIZES}}" alt="{{ALT}}" width="{{WIDTH}}" height="{{HEIGHT}}" loading="lazy" decoding="async">
{{/LAZY}}</picture>
{{/IMAGE}}{{#ENDED}}<p class="no-photo">{{S_PHOTO_ENDED}}</p>
{{/ENDED}}{{#NOT_YET}}<p class="no-photo">{{S_PHOTO_NOT_YET}}</p>
{{/NOT_YET}}<figcaption>{{#CAPTION}}<span class="caption">{{CAPTION_TEXT}}</span> {{/CAPTION}}{{#CREDIT}}<span class="credit">{{S_PHOTO_LABEL}} {{#CREDIT_LINK}}<a href="{{LINK_URL}}">{{CREDIT_TEXT}}</a>{{/CREDIT_LINK}}{{#CREDIT_PLAIN}}{{CREDIT_TEXT}}{{/CREDIT_PLAIN}}</span>{{/CREDIT}}{{#CREATOR}} <span>{{CREATOR_TEXT}}</span>{{/CREATOR}}{{#LICENCE}} <span>{{#LICENCE_LINK}}<a href="{{LINK_URL}}" rel="license">{{LICENCE_TEXT}}</a>{{/LICENCE_LINK}}{{#LICENCE_PLAIN}}{{LICENCE_TEXT}}{{/LICENCE_PLAIN}}</span>{{/LICENCE}}{{#USAGE}} <span>{{USAGE_TEXT}}</span>{{/USAGE}}{{#ACQUIRE}} <span><a href="{{ACQUIRE_URL}}">{{S_PHOTO_ACQUIRE}}</a></span>{{/ACQUIRE}}{{#MACHINE}} <span>{{MACHINE_TEXT}}</span>{{/MACHINE}}</figcaption>
</figure>
