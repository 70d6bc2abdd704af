{{%AUTOESCAPE context="HTML"}}
{{#EMPTY}}<p class="empty">{{EMPTY_TEXT}}</p>
{{/EMPTY}}{{#ROWS}}<table class="rows">
<caption class="vh">{{TABLE_NAME}}</caption>
<thead><tr>{{#COLUMN}}<th scope="col">{{#SEEN}}{{COLUMN_NAME}}{{/SEEN}}{{#UNSEEN}}<span class="vh">{{COLUMN_NAME}}</span>{{/UNSEEN}}</th>{{/COLUMN}}</tr></thead>
<tbody>
{{#ROW}}<tr>{{#CELL}}{{#PICK}}<td class="pick">{{#ON}}<input type="checkbox" name="{{PICK_NAME}}" value="{{PICK_VALUE}}" checked aria-label="{{PICK_NAMED}}">{{/ON}}{{#OFF}}<input type="checkbox" name="{{PICK_NAME}}" value="{{PICK_VALUE}}" aria-label="{{PICK_NAMED}}">{{/OFF}}</td>
{{/PICK}}{{#LINKED}}<th scope="row"><a href="{{CELL_URL}}">{{CELL_TEXT}}</a></th>
{{/LINKED}}{{#WAY}}<td data-label="{{CELL_COLUMN}}"><a href="{{CELL_URL}}" aria-label="{{WAY_NAMED}}">{{CELL_TEXT}}</a></td>
{{/WAY}}{{#PLAIN}}<td class="lines" data-label="{{CELL_COLUMN}}">{{CELL_TEXT:x-lines}}</td>
{{/PLAIN}}{{#BUTTON}}<td><form method="post" action="{{ACTION}}"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="id" value="{{ROW_ID}}"><button class="second" aria-label="{{BUTTON_NAMED}}">{{BUTTON_LABEL}}</button></form></td>
{{/BUTTON}}{{/CELL}}</tr>
{{/ROW}}</tbody>
</table>
{{/ROWS}}{{#MORE}}<ul class="ways">
{{#NEWER}}<li><a href="{{NEWER_URL}}" rel="prev">{{S_NEWER}}</a></li>
{{/NEWER}}{{#OLDER}}<li><a href="{{OLDER_URL}}" rel="next">{{S_OLDER}}</a></li>
{{/OLDER}}</ul>
{{/MORE}}
