{{%AUTOESCAPE context="HTML"}}
<figure>
{{#IMAGE}}<picture>
<source type="{{TYPE}}" srcset="{{MODERN:x-srcset}}" sizes="{{SIZES}}">
{{#EAGER}}<img src="{{SRC}}" srcset="{{JPEG:x-srcset}}" sizes="{{SIZES}}" alt="{{ALT}}" width="{{WIDTH}}" height="{{HEIGHT}}" fetchpriority="high">
{{/EAGER}}{{#LAZY}}<img src="{{SRC}}" srcset="{{JPEG:x-srcset}}" sizes="{{SIZES}}" alt="{{ALT}}" width="{{WIDTH}}" height="{{HEIGHT}}" loading="lazy" decoding="async">
{{/LAZY}}</picture>
{{/IMAGE}}{{#ENDED}}<p class="no-photo">{{S_PHOTO_ENDED}}</p>
{{/ENDED}}{{#NOT_YET}}<p class="no-photo">{{S_PHOTO_NOT_YET}}</p>
{{/NOT_YET}}<figcaption>{{#CAPTION}}<span class="caption"><bdi>{{CAPTION_TEXT}}</bdi></span> {{/CAPTION}}{{#CREDIT}}<span class="credit">{{S_PHOTO_LABEL}} {{#CREDIT_LINK}}<a href="{{LINK_URL}}"><bdi>{{CREDIT_TEXT}}</bdi></a>{{/CREDIT_LINK}}{{#CREDIT_PLAIN}}<bdi>{{CREDIT_TEXT}}</bdi>{{/CREDIT_PLAIN}}</span>{{/CREDIT}}{{#CREATOR}} <span><bdi>{{CREATOR_TEXT}}</bdi></span>{{/CREATOR}}{{#LICENCE}} <span>{{#LICENCE_LINK}}<a href="{{LINK_URL}}"><bdi>{{LICENCE_TEXT}}</bdi></a>{{/LICENCE_LINK}}{{#LICENCE_PLAIN}}<bdi>{{LICENCE_TEXT}}</bdi>{{/LICENCE_PLAIN}}</span>{{/LICENCE}}{{#USAGE}} <span><bdi>{{USAGE_TEXT}}</bdi></span>{{/USAGE}}{{#ACQUIRE}} <span><a href="{{ACQUIRE_URL}}">{{S_PHOTO_ACQUIRE}}</a></span>{{/ACQUIRE}}{{#MACHINE}} <span>{{MACHINE_TEXT}}</span>{{/MACHINE}}</figcaption>
</figure>
