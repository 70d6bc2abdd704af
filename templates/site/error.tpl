{{%AUTOESCAPE context="HTML"}}
<div class="error">
{{#STATUS}}<p class="status">{{STATUS_CODE}}</p>
{{/STATUS}}<h1>{{HEADING}}</h1>
<p class="lead">{{TEXT}}</p>
{{#NOTICE}}<p class="notice">{{NOTICE_TEXT}}</p>
{{/NOTICE}}<nav class="onward" aria-label="{{S_WAYS_ON}}">
<ul>
<li><a href="{{HOME_URL}}">{{S_TO_HOME}}</a></li>
<li><a href="{{ALL_URL}}">{{S_BACK_TO_ALL}}</a></li>
</ul>
</nav>
{{#REQUEST}}<p class="meta">{{S_REQUEST_ID}} <code>{{REQUEST_ID}}</code></p>
{{/REQUEST}}</div>
