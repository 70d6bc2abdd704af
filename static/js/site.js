/* "Go back" of an article: a link to the listing that shows the item. When the reader
 * came from a page of this site, it goes back there instead, scroll position and all. */
(function () {
  var link = document.querySelector("a.js-back");
  var ours = document.referrer.indexOf(location.origin + "/") === 0;
  if (!link || !ours || history.length < 2) return;
  link.onclick = function (e) {
    if (e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
    e.preventDefault();
    history.back();
  };
})();
