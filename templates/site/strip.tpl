{{%AUTOESCAPE context="HTML"}}
<aside class="strip" aria-labelledby="latest">
<h2 id="latest">{{S_LATEST}}</h2>
<ol>
{{#STRIP_ITEM}}<li><a href="{{URL}}"><time datetime="{{DATETIME}}">{{DATE}}</time> <span>{{TEXT}}</span></a></li>
{{/STRIP_ITEM}}</ol>
<p class="more"><a href="{{ALL_URL}}">{{S_ALL_NEWS}}</a></p>
</aside>
