{{%AUTOESCAPE context="HTML"}}
{{#BLOCK}}<div class="part">
{{#HEADING}}<h2>{{HEADING_TEXT}}</h2>
{{/HEADING}}{{#LINE}}<p>{{LINE_TEXT}}</p>
{{/LINE}}{{#COUNTDOWN}}<p><time class="countdown" datetime="{{COUNTDOWN_AT}}" data-left="{{COUNTDOWN_LEFT}}" data-words="{{COUNTDOWN_WORDS}}">{{COUNTDOWN_TEXT}}</time></p>
{{/COUNTDOWN}}{{#LINKS}}<ul class="ways">
{{#LINK}}<li><a href="{{LINK_URL}}">{{LINK_NAME}}</a></li>
{{/LINK}}{{#NEW_TAB}}<li><a href="{{LINK_URL}}" target="_blank" rel="noopener">{{LINK_NAME}}</a></li>
{{/NEW_TAB}}</ul>
{{/LINKS}}{{#PICTURE}}<div class="picture">{{PICTURE_SVG:x-html}}</div>
{{/PICTURE}}{{#CODES}}<ul class="codes">
{{#CODE}}<li><code>{{CODE_TEXT}}</code></li>
{{/CODE}}</ul>
{{/CODES}}{{#COMPARED}}<h3>{{COMPARED_NAME}}</h3>
<p class="compared">{{#PIECE}}{{#SAME}}{{PIECE_TEXT:x-lines}}{{/SAME}}{{#ADDED}}<ins>{{PIECE_TEXT:x-lines}}</ins>{{/ADDED}}{{#REMOVED}}<del>{{PIECE_TEXT:x-lines}}</del>{{/REMOVED}}{{/PIECE}}</p>
{{/COMPARED}}{{#REMARKS}}<ol class="remarks">
{{#REMARK}}<li>
<p class="by">{{REMARK_HEAD}}</p>
<p class="said">{{REMARK_TEXT:x-lines}}</p>
{{#NOTE}}<p class="hint">{{NOTE_TEXT}}</p>
{{/NOTE}}{{#BUTTON}}<form method="post" action="{{ACTION}}"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="id" value="{{ROW_ID}}"><button class="second" aria-label="{{BUTTON_NAMED}}">{{BUTTON_LABEL}}</button></form>
{{/BUTTON}}</li>
{{/REMARK}}</ol>
{{/REMARKS}}{{#TOGETHER}}<div class="together" data-url="{{TOGETHER_URL}}" data-go-on="{{GO_ON_URL}}" data-fresh="{{FRESH}}" data-offline="{{S_STAFF_KEEP_OFFLINE}}" data-ended="{{S_STAFF_KEEP_ENDED}}" data-other="{{S_STAFF_KEEP_OTHER}}" data-refused="{{S_STAFF_KEEP_REFUSED}}" data-back="{{S_STAFF_KEEP_BACK}}">
<p class="others" role="status">{{OTHERS}}</p>
<p class="stale" role="status"></p>
<p class="state" role="status"></p>
<p class="again" hidden><a href="/admin/sign-in/" target="_blank" rel="noopener">{{S_STAFF_KEEP_SIGN_IN}}</a></p>
<p class="kept"></p>
</div>
{{/TOGETHER}}{{#CALENDAR}}{{>CALENDAR}}{{/CALENDAR}}{{#TILES}}{{>TILES}}{{/TILES}}{{#TABLE}}{{>TABLE}}{{/TABLE}}{{#FORM}}{{>FORM}}{{/FORM}}{{#PASSKEY}}{{>PASSKEY}}{{/PASSKEY}}</div>
{{/BLOCK}}
