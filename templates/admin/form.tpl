{{%AUTOESCAPE context="HTML"}}
{{#POST}}<form class="{{FORM_CLASS}}" method="post" action="{{ACTION}}" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
{{>INSIDE}}</form>
{{/POST}}{{#GET}}<form class="{{FORM_CLASS}}" method="get" action="{{ACTION}}" novalidate>
{{>INSIDE}}</form>
{{/GET}}
