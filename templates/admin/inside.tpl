{{%AUTOESCAPE context="HTML"}}
{{#DEFAULT}}<button class="vh" tabindex="-1" aria-hidden="true">{{BUTTON_LABEL}}</button>
{{/DEFAULT}}{{#ABOVE}}{{>BUTTONS}}{{/ABOVE}}{{#PART}}{{#PLAIN}}{{>FIELDS}}{{/PLAIN}}{{#SHUT}}<details class="fold">
<summary>{{FOLD_NAME}}</summary>
{{>FIELDS}}</details>
{{/SHUT}}{{#OPEN}}<details class="fold" open>
<summary>{{FOLD_NAME}}</summary>
{{>FIELDS}}</details>
{{/OPEN}}{{#PHOTOS}}{{>USES}}{{/PHOTOS}}{{/PART}}{{#BELOW}}{{>BUTTONS}}{{/BELOW}}
