{{%AUTOESCAPE context="HTML"}}
<fieldset class="uses js-photos" id="{{ID}}" aria-describedby="{{DESCRIBED}}" data-form="{{FORM_URL}}" data-choose="{{CHOOSE_URL}}" data-named="{{S_USE_NAMED}}" data-moved="{{S_USE_MOVED}}" data-removed="{{S_USE_REMOVED}}" data-added="{{S_USE_ADDED}}" data-full="{{S_USE_FULL}}" data-insert="{{S_USE_INSERT}}" data-in-text="{{S_USE_IN_TEXT}}" data-library="{{S_USE_LIBRARY}}" data-failed="{{S_USE_FAILED}}">
<legend>{{LABEL}}</legend>
{{#HINT}}<p class="hint" id="{{ID_HINT}}">{{HINT_TEXT}}</p>
{{/HINT}}{{#ERROR}}<p class="problem" id="{{ID_ERROR}}">{{ERROR_TEXT}}</p>
{{/ERROR}}<input type="hidden" name="{{NAME}}" value="{{VALUE}}">
<ol>
{{#USE}}<li id="{{USE_ID}}">
<fieldset class="use" aria-describedby="{{USE_DESCRIBED}}">
<legend>{{S_STAFF_PHOTO}} <span class="number">{{NUMBER}}</span></legend>
<div class="of">
<figure>
<div class="picture"><img src="{{PHOTO_URL}}" alt="" width="{{WIDTH}}" height="{{HEIGHT}}" loading="lazy"></div>
<figcaption>{{#CREDIT}}{{S_PHOTO_LABEL}} <span class="credit"><bdi>{{CREDIT_TEXT}}</bdi></span>{{/CREDIT}}{{#NONE}}<strong class="problem"><span class="credit">{{S_LIBRARY_NO_CREDIT}}</span></strong>{{/NONE}}</figcaption>
</figure>
<p class="called"><a href="{{USE_URL}}" target="_blank" rel="noopener">{{USE_NAME}}</a></p>
{{#PROBLEM}}<p class="problem" id="{{ID_ERROR}}">{{PROBLEM_TEXT}}</p>
{{/PROBLEM}}{{#HERE}}<p class="notice" tabindex="-1" autofocus>{{HERE_TEXT}}</p>
{{/HERE}}{{#ENDS}}<p class="notice">{{ENDS_TEXT}}</p>
{{/ENDS}}<p class="buttons"><button class="second up" name="do" value="{{UP_VALUE}}">{{S_USE_UP}}<span class="vh">{{S_STAFF_PHOTO}} {{NUMBER}}</span></button>
<button class="second down" name="do" value="{{DOWN_VALUE}}">{{S_USE_DOWN}}<span class="vh">{{S_STAFF_PHOTO}} {{NUMBER}}</span></button>
<button class="second remove" name="do" value="{{REMOVE_VALUE}}">{{S_USE_REMOVE}}<span class="vh">{{S_STAFF_PHOTO}} {{NUMBER}}</span></button></p>
</div>
<div class="fields">
{{>FIELDS}}{{#SHUT}}<details class="fold">
<summary>{{S_USE_FOCAL}}</summary>
{{>FIELDS}}</details>
{{/SHUT}}{{#OPEN}}<details class="fold" open>
<summary>{{S_USE_FOCAL}}</summary>
{{>FIELDS}}</details>
{{/OPEN}}</div>
</fieldset>
</li>
{{/USE}}</ol>
<div class="uses-add field" hidden data-part="add">
<label for="f-photo-files">{{S_USE_UPLOAD}}</label>
<p class="hint" id="f-photo-files-hint">{{S_USE_DROP}}</p>
<input type="file" id="f-photo-files" multiple accept="image/jpeg,image/png,image/webp,image/avif,image/heic,.heic,.avif" aria-describedby="f-photo-files-hint">
</div>
{{#PROGRESS}}{{>PROGRESS}}{{/PROGRESS}}<p class="buttons"><button class="second" name="do" value="photo-choose" data-part="open">{{S_USE_CHOOSE}}</button></p>
<p class="vh" role="status" data-part="spoken"></p>
<dialog class="uses-choose" aria-label="{{S_USE_LIBRARY}}" data-part="choose">
<p class="buttons"><button type="button" class="second" value="cancel">{{S_STAFF_CANCEL}}</button></p>
<div data-part="choices"></div>
</dialog>
</fieldset>
