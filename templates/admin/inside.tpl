{{%AUTOESCAPE context="HTML"}}
{{#ABOVE}}{{>BUTTONS}}{{/ABOVE}}{{#PART}}{{#PLAIN}}{{>FIELDS}}{{/PLAIN}}{{#SHUT}}<details class="fold">
<summary>{{FOLD_NAME}}</summary>
{{>FIELDS}}</details>
{{/SHUT}}{{#OPEN}}<details class="fold" open>
<summary>{{FOLD_NAME}}</summary>
{{>FIELDS}}</details>
{{/OPEN}}{{/PART}}{{#BELOW}}{{>BUTTONS}}{{/BELOW}}
