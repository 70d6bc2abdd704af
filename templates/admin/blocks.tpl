{{%AUTOESCAPE context="HTML"}}
{{#BLOCK}}<section class="part">
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
{{/COMPARED}}{{#TABLE}}{{>TABLE}}{{/TABLE}}{{#FORM}}{{>FORM}}{{/FORM}}{{#PASSKEY}}{{>PASSKEY}}{{/PASSKEY}}</section>
{{/BLOCK}}
