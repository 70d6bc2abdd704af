{{%AUTOESCAPE context="HTML"}}
<div class="js-passkey" data-kind="{{KIND}}" data-page="{{PAGE}}" data-origin="{{ORIGIN}}" data-party="{{PARTY}}" data-site="{{SITE_NAME}}" data-challenge="{{CHALLENGE}}" data-user="{{USER}}" data-login="{{LOGIN}}" data-person="{{PERSON}}" data-verify="{{VERIFY}}">
{{#KNOWN}}<i hidden data-credential="{{CREDENTIAL}}" data-transports="{{TRANSPORTS}}"></i>
{{/KNOWN}}<p class="hint" data-when="no-script">{{S_STAFF_PASSKEY_NO_SCRIPT}}</p>
<p class="problem" role="alert" hidden data-when="unsupported">{{S_STAFF_PASSKEY_UNSUPPORTED}}</p>
<p class="problem" role="alert" hidden data-when="elsewhere">{{S_STAFF_PASSKEY_ELSEWHERE}} <a href="{{HERE_URL}}">{{HERE_URL}}</a></p>
<p class="problem" role="alert" hidden data-when="known">{{S_STAFF_PASSKEY_KNOWN}}</p>
<p class="problem" role="alert" hidden data-when="failed">{{S_STAFF_PASSKEY_FAILED}}</p>
<form class="form" method="post" action="{{ACTION}}" hidden>
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="ticket" value="{{TICKET}}">
{{#ANSWER}}<input type="hidden" name="{{ANSWER_NAME}}" value="">
{{/ANSWER}}{{#KEPT}}<input type="hidden" name="{{NAME}}" value="{{VALUE:x-lines}}">
{{/KEPT}}<p class="buttons"><button class="{{BUTTON_CLASS}}">{{BUTTON_LABEL}}</button>
{{#CANCEL}}<a href="{{CANCEL_URL}}">{{S_STAFF_CANCEL}}</a>
{{/CANCEL}}</p>
</form>
</div>
