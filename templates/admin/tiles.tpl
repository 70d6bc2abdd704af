{{%AUTOESCAPE context="HTML"}}
{{#EMPTY}}<p class="empty">{{EMPTY_TEXT}}</p>
{{/EMPTY}}{{#ROWS}}<form method="get" action="{{ACTION}}">
{{#KEPT}}<input type="hidden" name="{{NAME}}" value="{{VALUE:x-lines}}">
{{/KEPT}}<ul class="tiles" aria-label="{{TABLE_NAME}}">
{{#TILE}}<li><figure>
<a href="{{TILE_URL}}">{{#SHOWN}}<img src="{{PHOTO_URL}}" alt="" width="{{WIDTH}}" height="{{HEIGHT}}" loading="lazy">{{/SHOWN}}{{#NONE}}<span class="none">{{NONE_TEXT}}</span>{{/NONE}}<span class="called">{{TILE_NAME}}</span></a>
<figcaption>{{#CREDIT}}<span class="credit"><bdi>{{CREDIT_TEXT}}</bdi></span>{{/CREDIT}}{{#PROBLEM}}<strong class="problem"><span class="credit">{{PROBLEM_TEXT}}</span></strong>{{/PROBLEM}}</figcaption>
</figure>
{{#NOTE}}<p class="hint">{{NOTE_TEXT}}</p>
{{/NOTE}}{{#PICK}}<p class="pick"><label><input type="checkbox" name="{{PICK_NAME}}" value="{{PICK_VALUE}}"> {{PICK_LABEL}}<span class="vh">: {{TILE_NAME}}</span></label></p>
{{/PICK}}</li>
{{/TILE}}</ul>
{{#BUTTON}}<p class="buttons"><button class="second">{{BUTTON_LABEL}}</button></p>
{{/BUTTON}}</form>
{{/ROWS}}{{#MORE}}<ul class="ways">
{{#FIRST}}<li><a href="{{FIRST_URL}}">{{FIRST_NAME}}</a></li>
{{/FIRST}}{{#NEWER}}<li><a href="{{NEWER_URL}}" rel="prev">{{NEWER_NAME}}</a></li>
{{/NEWER}}{{#OLDER}}<li><a href="{{OLDER_URL}}" rel="next">{{OLDER_NAME}}</a></li>
{{/OLDER}}</ul>
{{/MORE}}
