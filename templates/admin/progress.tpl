{{%AUTOESCAPE context="HTML"}}
<div class="uploads" hidden data-waiting="{{S_UPLOAD_WAITING}}" data-sending="{{S_UPLOAD_SENDING}}" data-looking="{{S_UPLOAD_LOOKING}}" data-made="{{S_UPLOAD_MADE}}" data-known="{{S_UPLOAD_KNOWN}}" data-lost="{{S_UPLOAD_LOST}}" data-ended="{{S_UPLOAD_ENDED}}" data-limit="{{S_UPLOAD_LIMIT}}" data-refused="{{S_UPLOAD_REFUSED}}" data-again="{{S_UPLOAD_AGAIN}}">
<ul></ul>
<p class="vh" role="status"></p>
<p class="go-on" hidden><a href="/admin/photos/">{{S_PHOTOS_NEW_GO_ON}}</a></p>
</div>
