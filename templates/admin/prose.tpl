{{%AUTOESCAPE context="HTML"}}
<div class="prose">
<p class="notice" role="alert" data-part="note" hidden>{{S_PROSE_TEXT_ONLY}}</p>
<div class="prose-tools" role="toolbar" aria-label="{{S_PROSE_TOOLS}}" data-part="tools" hidden>
<button type="button" data-do="strong" aria-pressed="false" aria-label="{{S_PROSE_STRONG}}" title="{{S_PROSE_STRONG}}" aria-keyshortcuts="Control+B"><b>B</b></button>
<button type="button" data-do="em" aria-pressed="false" aria-label="{{S_PROSE_EM}}" title="{{S_PROSE_EM}}" aria-keyshortcuts="Control+I"><i>I</i></button>
<button type="button" data-do="link" aria-pressed="false" aria-haspopup="dialog" aria-label="{{S_PROSE_LINK}}" title="{{S_PROSE_LINK}}" aria-keyshortcuts="Control+K"><svg width="20" height="20" aria-hidden="true"><path d="M8.5 11.5a3.5 3.5 0 0 0 5 0l3-3a3.5 3.5 0 0 0-5-5l-1.2 1.2M11.5 8.5a3.5 3.5 0 0 0-5 0l-3 3a3.5 3.5 0 0 0 5 5l1.2-1.2"></path></svg></button>
<button type="button" data-do="photo" aria-haspopup="dialog" aria-label="{{S_PROSE_PHOTO}}" title="{{S_PROSE_PHOTO}}"><svg width="20" height="20" aria-hidden="true"><path d="M2.5 4h15v12h-15zM2.5 14l4-4 3 3 4-5 4 5M7 7.5h.01"></path></svg></button>
<button type="button" data-do="heading2" aria-pressed="false" aria-label="{{S_PROSE_HEADING}}" title="{{S_PROSE_HEADING}}"><b class="large">H</b></button>
<button type="button" data-do="heading3" aria-pressed="false" aria-label="{{S_PROSE_SUBHEADING}}" title="{{S_PROSE_SUBHEADING}}"><b class="small">H</b></button>
<button type="button" data-do="bullets" aria-pressed="false" aria-label="{{S_PROSE_BULLETS}}" title="{{S_PROSE_BULLETS}}"><svg width="20" height="20" aria-hidden="true"><path d="M8 5h9M8 10h9M8 15h9M3.5 5h.01M3.5 10h.01M3.5 15h.01"></path></svg></button>
<button type="button" data-do="numbers" aria-pressed="false" aria-label="{{S_PROSE_NUMBERS}}" title="{{S_PROSE_NUMBERS}}"><svg width="20" height="20" aria-hidden="true"><path d="M9 5h8M9 10h8M9 15h8M3 3.5l1.5-.8V8M2.5 12.5c0-1.5 3-1.5 3 0 0 1.2-3 2.5-3 4h3.2"></path></svg></button>
<button type="button" data-do="quote" aria-pressed="false" aria-label="{{S_PROSE_QUOTE}}" title="{{S_PROSE_QUOTE}}"><svg width="20" height="20" aria-hidden="true"><path d="M4 4v12M8 6h9M8 10h9M8 14h6"></path></svg></button>
<button type="button" data-do="rule" aria-label="{{S_PROSE_RULE}}" title="{{S_PROSE_RULE}}"><svg width="20" height="20" aria-hidden="true"><path d="M2 10h16"></path></svg></button>
<button type="button" data-do="undo" aria-label="{{S_PROSE_UNDO}}" title="{{S_PROSE_UNDO}}" aria-keyshortcuts="Control+Z"><svg width="20" height="20" aria-hidden="true"><path d="M7 4 3 8l4 4M3 8h9a4.5 4.5 0 0 1 0 9H9"></path></svg></button>
<button type="button" data-do="redo" aria-label="{{S_PROSE_REDO}}" title="{{S_PROSE_REDO}}" aria-keyshortcuts="Control+Y"><svg width="20" height="20" aria-hidden="true"><path d="m13 4 4 4-4 4M17 8H8a4.5 4.5 0 0 0 0 9h3"></path></svg></button>
</div>
<div data-part="place" hidden></div>
<textarea id="{{ID}}" name="{{NAME}}" rows="{{ROWS}}" aria-describedby="{{DESCRIBED}}" aria-invalid="{{INVALID}}" aria-required="{{REQUIRED}}">
{{VALUE:x-lines}}</textarea>
<p class="prose-foot" data-part="foot" hidden>
<span>{{S_PROSE_WORDS}} <span data-part="count">0</span></span>
<button type="button" class="link" data-mode="text" hidden>{{S_PROSE_AS_TEXT}}</button>
<button type="button" class="link" data-mode="visual" hidden>{{S_PROSE_AS_VISUAL}}</button>
</p>
<p class="hint" data-part="keys" hidden>{{S_PROSE_KEYS}}</p>
<p class="vh" role="status" data-part="spoken"></p>
<dialog class="prose-link" aria-label="{{S_PROSE_LINK}}" data-part="link">
<label>{{S_PROSE_ADDRESS}} <input type="text" inputmode="url" autocomplete="off" aria-invalid="false"></label>
<p class="problem" role="alert" hidden>{{S_PROSE_LINK_REFUSED}}</p>
<p class="buttons"><button type="button" value="set">{{S_PROSE_LINK_SET}}</button>
<button type="button" class="second" value="remove" hidden>{{S_PROSE_LINK_REMOVE}}</button>
<button type="button" class="second" value="cancel">{{S_STAFF_CANCEL}}</button></p>
</dialog>
<dialog class="prose-photos" aria-label="{{S_PROSE_PHOTO}}" data-part="photo">
<p class="empty" hidden>{{S_PROSE_NO_PHOTO}}</p>
<ul></ul>
<p class="buttons"><button type="button" class="second" value="cancel">{{S_STAFF_CANCEL}}</button></p>
</dialog>
</div>
