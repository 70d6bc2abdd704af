{{%AUTOESCAPE context="HTML"}}
<form class="form js-upload" method="post" action="{{ACTION}}" enctype="multipart/form-data">
<input type="hidden" name="csrf" value="{{CSRF}}">
<div class="field">
<label for="f-photo">{{LABEL}}</label>
<p class="hint" id="f-photo-hint">{{HINT_TEXT}}</p>
<input type="file" id="f-photo" name="photo" multiple required accept="image/jpeg,image/png,image/webp,image/avif,image/heic,.heic,.avif" aria-describedby="f-photo-hint">
</div>
<p class="buttons"><button>{{BUTTON_LABEL}}</button></p>
</form>
