{{%AUTOESCAPE context="HTML"}}
{{#POST}}<form class="{{FORM_CLASS}}" method="post" action="{{ACTION}}" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
{{>INSIDE}}</form>
{{/POST}}{{#SENDING}}<form class="{{FORM_CLASS}} js-upload" method="post" enctype="multipart/form-data" action="{{ACTION}}" data-next="{{NEXT}}" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
{{>INSIDE}}{{#PROGRESS}}{{>PROGRESS}}{{/PROGRESS}}</form>
{{/SENDING}}{{#GET}}<form class="{{FORM_CLASS}}" method="get" action="{{ACTION}}" novalidate>
{{>INSIDE}}</form>
{{/GET}}{{#AROUND}}<form method="post" action="{{ACTION}}" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
{{>TABLE}}<fieldset class="{{FORM_CLASS}}">
<legend>{{LEGEND}}</legend>
{{>INSIDE}}</fieldset>
</form>
{{/AROUND}}
