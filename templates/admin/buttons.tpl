{{%AUTOESCAPE context="HTML"}}
<p class="{{BUTTONS_CLASS}}">{{#BUTTON}}{{#ONLY}}<button>{{BUTTON_LABEL}}</button>
{{/ONLY}}{{#MAIN}}<button name="{{BUTTON_NAME}}" value="{{BUTTON_VALUE}}">{{BUTTON_LABEL}}</button>
{{/MAIN}}{{#SECOND}}<button class="second" name="{{BUTTON_NAME}}" value="{{BUTTON_VALUE}}">{{BUTTON_LABEL}}</button>
{{/SECOND}}{{#KEY}}<button name="{{BUTTON_NAME}}" value="{{BUTTON_VALUE}}" accesskey="s" aria-keyshortcuts="Control+Enter">{{BUTTON_LABEL}}</button>
{{/KEY}}{{/BUTTON}}{{#CANCEL}}<a href="{{CANCEL_URL}}">{{S_STAFF_CANCEL}}</a>
{{/CANCEL}}{{#KEYS}}<span class="hint">{{KEYS_TEXT}}</span>
{{/KEYS}}</p>
