{{%AUTOESCAPE context="HTML"}}
<table class="calendar">
<caption class="vh">{{TABLE_NAME}}</caption>
<thead><tr>{{#COLUMN}}<th scope="col">{{COLUMN_NAME}}</th>{{/COLUMN}}</tr></thead>
<tbody>
{{#WEEK}}<tr>{{#DAY}}{{#NONE}}<td class="none"></td>{{/NONE}}{{#SOME}}<td class="{{DAY_CLASS}}"><p class="day"><time datetime="{{DATETIME}}">{{DAY_NUMBER}}</time> <span class="weekday">{{DAY_NAME}}</span></p>
{{#ENTRIES}}<ul>
{{#ENTRY}}<li>{{ENTRY_TIME}} <a href="{{ENTRY_URL}}">{{ENTRY_TITLE}}</a> <span class="hint">{{ENTRY_NOTE}}</span></li>
{{/ENTRY}}</ul>
{{/ENTRIES}}{{#MORE}}<p><a href="{{MORE_URL}}">{{MORE_NAME}}</a></p>
{{/MORE}}</td>{{/SOME}}
{{/DAY}}</tr>
{{/WEEK}}</tbody>
</table>
