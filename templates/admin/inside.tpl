{{%AUTOESCAPE context="HTML"}}
{{#PART}}{{#PLAIN}}{{>FIELDS}}{{/PLAIN}}{{#SHUT}}<details class="fold">
<summary>{{FOLD_NAME}}</summary>
{{>FIELDS}}</details>
{{/SHUT}}{{#OPEN}}<details class="fold" open>
<summary>{{FOLD_NAME}}</summary>
{{>FIELDS}}</details>
{{/OPEN}}{{/PART}}<p class="buttons">{{#BUTTON}}{{#ONLY}}<button>{{BUTTON_LABEL}}</button>
{{/ONLY}}{{#MAIN}}<button name="{{BUTTON_NAME}}" value="{{BUTTON_VALUE}}">{{BUTTON_LABEL}}</button>
{{/MAIN}}{{#SECOND}}<button class="second" name="{{BUTTON_NAME}}" value="{{BUTTON_VALUE}}">{{BUTTON_LABEL}}</button>
{{/SECOND}}{{/BUTTON}}{{#CANCEL}}<a href="{{CANCEL_URL}}">{{S_STAFF_CANCEL}}</a>
{{/CANCEL}}</p>
