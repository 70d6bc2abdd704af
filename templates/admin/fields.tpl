{{%AUTOESCAPE context="HTML"}}
{{#FIELD}}{{#HIDDEN}}<input type="hidden" name="{{NAME}}" value="{{VALUE:x-lines}}">
{{/HIDDEN}}{{#CHECK}}<div class="field check">
{{#ON}}<input type="checkbox" id="{{ID}}" name="{{NAME}}" value="1" checked aria-describedby="{{DESCRIBED}}">
{{/ON}}{{#OFF}}<input type="checkbox" id="{{ID}}" name="{{NAME}}" value="1" aria-describedby="{{DESCRIBED}}">
{{/OFF}}<label for="{{ID}}">{{LABEL}}</label>
{{#HINT}}<p class="hint" id="{{ID_HINT}}">{{HINT_TEXT}}</p>
{{/HINT}}{{#ERROR}}<p class="problem" id="{{ID_ERROR}}">{{ERROR_TEXT}}</p>
{{/ERROR}}</div>
{{/CHECK}}{{#SHOWN}}<figure class="shown">
<a href="{{SHOWN_URL}}"><img src="{{PHOTO_URL}}" alt="{{PHOTO_ALT}}" width="{{WIDTH}}" height="{{HEIGHT}}" loading="lazy"></a>
<figcaption><span class="credit"><bdi>{{CREDIT_TEXT}}</bdi></span></figcaption>
</figure>
{{/SHOWN}}{{#INPUT}}<div class="{{FIELD_CLASS}}">
<label for="{{ID}}">{{LABEL}}</label>
{{#HINT}}<p class="hint" id="{{ID_HINT}}">{{HINT_TEXT}}</p>
{{/HINT}}{{#ERROR}}<p class="problem" id="{{ID_ERROR}}">{{ERROR_TEXT}}</p>
{{/ERROR}}{{#LINE}}<input type="text" id="{{ID}}" name="{{NAME}}" value="{{VALUE}}" autocomplete="{{AUTOCOMPLETE}}" aria-describedby="{{DESCRIBED}}" aria-invalid="{{INVALID}}" aria-required="{{REQUIRED}}">
{{/LINE}}{{#PASSWORD}}<input type="password" id="{{ID}}" name="{{NAME}}" autocomplete="{{AUTOCOMPLETE}}" aria-describedby="{{DESCRIBED}}" aria-invalid="{{INVALID}}" aria-required="{{REQUIRED}}">
{{/PASSWORD}}{{#FILES}}<input type="file" id="{{ID}}" name="{{NAME}}" multiple accept="image/jpeg,image/png,image/webp,image/avif,image/heic,image/heif,.heic,.heif" aria-describedby="{{DESCRIBED}}" aria-invalid="{{INVALID}}" aria-required="{{REQUIRED}}">
{{/FILES}}{{#MOMENT}}<input type="datetime-local" step="1" id="{{ID}}" name="{{NAME}}" value="{{VALUE}}" aria-describedby="{{DESCRIBED}}" aria-invalid="{{INVALID}}" aria-required="{{REQUIRED}}">
{{/MOMENT}}{{#DAY}}<input type="date" id="{{ID}}" name="{{NAME}}" value="{{VALUE}}" aria-describedby="{{DESCRIBED}}" aria-invalid="{{INVALID}}" aria-required="{{REQUIRED}}">
{{/DAY}}{{#AREA}}<textarea id="{{ID}}" name="{{NAME}}" rows="{{ROWS}}" aria-describedby="{{DESCRIBED}}" aria-invalid="{{INVALID}}" aria-required="{{REQUIRED}}">
{{VALUE:x-lines}}</textarea>
{{/AREA}}{{#PROSE}}{{>PROSE}}{{/PROSE}}{{#CHOICE}}<select id="{{ID}}" name="{{NAME}}" aria-describedby="{{DESCRIBED}}" aria-invalid="{{INVALID}}" aria-required="{{REQUIRED}}">
{{#OPTION}}{{#CHOSEN}}<option value="{{OPTION_VALUE}}" selected>{{OPTION_NAME}}</option>
{{/CHOSEN}}{{#OTHER}}<option value="{{OPTION_VALUE}}">{{OPTION_NAME}}</option>
{{/OTHER}}{{/OPTION}}</select>
{{/CHOICE}}{{#SAID}}<ul class="said">
{{#SOURCE}}<li><span class="from">{{SOURCE_NAME}}:</span> <span class="what">{{SOURCE_TEXT}}</span> {{#TAKE}}<button class="second" name="take" value="{{TAKE_VALUE}}" aria-label="{{TAKE_NAMED}}">{{TAKE_LABEL}}</button>{{/TAKE}}{{#SAME}}<span class="same">{{SAME_TEXT}}</span>{{/SAME}}</li>
{{/SOURCE}}</ul>
{{/SAID}}</div>
{{/INPUT}}{{/FIELD}}
