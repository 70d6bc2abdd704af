{{%AUTOESCAPE context="HTML"}}
<div class="home">
<h1 class="vh">{{SITE_NAME}}</h1>
{{#LEAD_ITEM}}{{>CARD}}{{/LEAD_ITEM}}{{#EMPTY}}<p class="empty">{{S_EMPTY_LISTING}}</p>
{{/EMPTY}}{{#LATEST}}<section class="block">
<h2>{{S_MORE_NEWS}}</h2>
<div class="cards">
{{#ITEM}}{{>CARD}}{{/ITEM}}</div>
</section>
{{/LATEST}}{{#BLOCK}}<section class="block">
<h2>{{BLOCK_NAME}}</h2>
<div class="cards">
{{#ITEM}}{{>CARD}}{{/ITEM}}</div>
<p class="more"><a href="{{BLOCK_URL}}">{{S_MORE_IN}}<span class="vh">: {{BLOCK_NAME}}</span></a></p>
</section>
{{/BLOCK}}</div>
